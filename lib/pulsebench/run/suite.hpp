#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "pulsebench/vocabulary/benchmark.hpp"
#include "pulsebench/vocabulary/environment.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::run {

/// Way to control a benchmark program.
enum class Driver {
  wire,    ///< a suite: visits over the wire
  foreign  ///< any Google Benchmark program: its own repetitions
};

/// A suite executable and its benchmarks.
struct Suite {
  std::filesystem::path executable;
  Driver driver = Driver::wire;
  std::string name;
  NamedFacts build;
  std::vector<BenchmarkInfo> benchmarks;
  std::vector<std::string> native_names;  ///< of each benchmark of a foreign program
  bool exits_with_count = false;          ///< of a foreign program: see `ForeignList`
};

/// Executables in `folder`, sorted by name. Empty if the folder does not exist.
[[nodiscard]] std::vector<std::filesystem::path> executables_in(
    const std::filesystem::path& folder);

/// Starts the suite and lists its benchmarks; a program without the wire protocol is tried as a
/// Google Benchmark program. `child_failed`, with the executable's name, if it cannot be started,
/// is neither, or lists the same benchmark twice.
[[nodiscard]] Result<Suite> open_suite(const std::filesystem::path& executable,
                                       std::chrono::milliseconds limit);

/// Opens all suites. An id is unique in a result: where two foreign programs list the same
/// benchmark, its id begins with the name of its program. Fails if two suites list the same one.
[[nodiscard]] Result<std::vector<Suite>> open_suites(
    const std::vector<std::filesystem::path>& executables, std::chrono::milliseconds limit);

}  // namespace pulsebench::run
