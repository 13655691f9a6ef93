#pragma once

#include <chrono>
#include <filesystem>
#include <vector>

#include "pulsebench/load/messages.hpp"
#include "pulsebench/run/process.hpp"
#include "pulsebench/vocabulary/result.hpp"
#include "pulsebench/wire/line_buffer.hpp"

namespace pulsebench::run {

/// A process of the load generator, from its start to its exit.
class LoadChild {
 public:
  /// Starts it on `cpus` and reads its greeting. `interrupt` becomes readable to end the waiting.
  [[nodiscard]] static tl::expected<LoadChild, ProcessFailure> start(
      const std::filesystem::path& generator, const std::vector<int>& cpus, int interrupt);

  /// Connects to the servers of `targets`, and to no other any more.
  [[nodiscard]] tl::expected<void, ProcessFailure> open(const std::vector<load::Target>& targets);

  [[nodiscard]] tl::expected<load::BurstTaken, ProcessFailure> burst(
      const load::TakeBurst& request);

 private:
  explicit LoadChild(Process process) : process_(std::move(process)) {}
  [[nodiscard]] tl::expected<load::Event, ProcessFailure> ask(const load::Request& request);
  [[nodiscard]] tl::expected<load::Event, ProcessFailure> receive();

  Process process_;
  wire::LineBuffer lines_;
};

}  // namespace pulsebench::run
