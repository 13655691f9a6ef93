#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "pulsebench/vocabulary/benchmark.hpp"
#include "pulsebench/vocabulary/environment.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::run {

/// A suite executable and what it says it has.
struct Suite {
  std::filesystem::path executable;
  std::string name;
  NamedFacts build;
  std::vector<BenchmarkInfo> benchmarks;
};

/// The executables in `folder`, by name. Empty where the folder does not exist.
[[nodiscard]] std::vector<std::filesystem::path> executables_in(
    const std::filesystem::path& folder);

/// Starts the suite and asks what it has. `child_failed`, naming the executable, where it cannot be
/// started, does not speak the wire protocol, or lists the same benchmark twice.
[[nodiscard]] Result<Suite> open_suite(const std::filesystem::path& executable,
                                       std::chrono::milliseconds limit);

/// All of them. Fails where two list the same benchmark: an id names one benchmark of a result.
[[nodiscard]] Result<std::vector<Suite>> open_suites(
    const std::vector<std::filesystem::path>& executables, std::chrono::milliseconds limit);

}  // namespace pulsebench::run
