#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "pulsebench/vocabulary/benchmark.hpp"
#include "pulsebench/vocabulary/environment.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::run {

/// How a benchmark program is driven.
enum class Driver {
  wire,    ///< a suite: visits over the wire
  foreign  ///< any Google Benchmark program: its own repetitions
};

/// A suite executable and what it says it has.
struct Suite {
  std::filesystem::path executable;
  Driver driver = Driver::wire;
  std::string name;
  NamedFacts build;
  std::vector<BenchmarkInfo> benchmarks;
  std::vector<std::string> native_names;  ///< of each, as a foreign program prints it
};

/// The executables in `folder`, by name. Empty where the folder does not exist.
[[nodiscard]] std::vector<std::filesystem::path> executables_in(
    const std::filesystem::path& folder);

/// Starts the suite and asks what it has; a program that does not speak the wire protocol is asked
/// as a Google Benchmark program. `child_failed`, naming the executable, where it cannot be
/// started, is neither, or lists the same benchmark twice.
[[nodiscard]] Result<Suite> open_suite(const std::filesystem::path& executable,
                                       std::chrono::milliseconds limit);

/// All of them. Fails where two list the same benchmark: an id names one benchmark of a result.
[[nodiscard]] Result<std::vector<Suite>> open_suites(
    const std::vector<std::filesystem::path>& executables, std::chrono::milliseconds limit);

}  // namespace pulsebench::run
