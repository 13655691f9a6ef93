#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "pulsebench/run/interrupt.hpp"
#include "pulsebench/run/launcher.hpp"
#include "pulsebench/session/one_benchmark.hpp"
#include "pulsebench/session/session.hpp"

namespace pulsebench::session {

/// One benchmark that runs under other tools: a suite for a chosen number of operations, a Google
/// Benchmark program as it chooses.
class WatchedBenchmark {
 public:
  /// The session outlives the object.
  WatchedBenchmark(const Session& session, OneBenchmark benchmark);
  WatchedBenchmark(const WatchedBenchmark&) = delete;
  WatchedBenchmark& operator=(const WatchedBenchmark&) = delete;

  [[nodiscard]] bool is_suite() const { return benchmark_.source.driver == run::Driver::wire; }
  [[nodiscard]] const std::string& id() const { return benchmark_.info.id.text(); }

  /// An even number of operations that a slow tool runs in seconds; 0 for a program that chooses
  /// itself.
  [[nodiscard]] Result<std::uint64_t> choose_operations();

  /// Runs the benchmark behind the tool, and waits for its exit.
  [[nodiscard]] Result<void> run(const run::Wrapper& wrapper, std::uint64_t operations);

 private:
  Result<void> run_foreign(const run::Wrapper& wrapper);

  OneBenchmark benchmark_;
  run::Interrupt interrupt_;
  run::Launcher launcher_;
};

/// The program on PATH; `not_found` with `remedy`, which says how to install it.
[[nodiscard]] Result<std::filesystem::path> find_tool(const std::string& program,
                                                      const std::string& remedy);

}  // namespace pulsebench::session
