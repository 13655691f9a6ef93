#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pulsebench/os/temporary_folder.hpp"
#include "pulsebench/run/launcher.hpp"

namespace pulsebench::run {

/// What was seen of a benchmark that ran as long as in a block.
struct Reach {
  std::optional<std::uint64_t> address = {};  ///< the first that it executed, of those asked
  std::vector<std::filesystem::path> libraries = {};  ///< with its code; where it reached none
};

/// Looks which benchmarks of a program execute an instruction at some addresses, which are those of
/// the program's file.
class ReachWatch {
 public:
  /// `watcher` is pulsebench-reach. `io` where the addresses cannot be handed to it.
  [[nodiscard]] static Result<ReachWatch> make(const std::vector<std::uint64_t>& addresses,
                                               const std::filesystem::path& watcher);

  /// Runs a benchmark until it executes one. Fails with the reason where that cannot be seen:
  /// another kind of program than a suite or one of Google Benchmark, a benchmark that fails, or a
  /// kernel that permits no breakpoints.
  [[nodiscard]] tl::expected<Reach, std::string> see(Launcher& launcher, const Source& source,
                                                     const std::string& id) const;

 private:
  ReachWatch(os::TemporaryFolder folder, Wrapper wrapper)
      : folder_(std::move(folder)), wrapper_(std::move(wrapper)) {}

  os::TemporaryFolder folder_;
  Wrapper wrapper_;
};

/// Reads what pulsebench-reach writes. Fails with the reason where it does not say all.
[[nodiscard]] tl::expected<Reach, std::string> read_reach(std::string_view report);

}  // namespace pulsebench::run
