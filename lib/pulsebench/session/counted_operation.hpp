#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "pulsebench/profile/operation_profile.hpp"
#include "pulsebench/run/launcher.hpp"
#include "pulsebench/run/suite.hpp"
#include "pulsebench/session/session.hpp"
#include "pulsebench/vocabulary/benchmark.hpp"

namespace pulsebench::session {

/// What one operation of a benchmark executes, by callgrind with these arguments; or why it is not
/// known, one line. `operations` are those of `run::operations_to_count`.
[[nodiscard]] tl::expected<profile::OperationProfile, std::string> count_operation(
    run::Launcher& launcher, const run::Source& source, const BenchmarkId& id,
    std::uint64_t operations, std::vector<std::string> arguments = {});

/// Which benchmark is counted, and where.
struct CountRequest {
  std::string benchmark;  ///< its id, or a regular expression that matches one
  run::ProgramOptions options = {};
  std::vector<std::string> executables = {};  ///< empty: the project's suites
  std::optional<std::string> cpus = {};
};

struct CountedBenchmark {
  BenchmarkInfo info;
  double ns_per_op = 0.0;  ///< the 25 % quantile of one visit
  profile::OperationProfile profile = {};
};

/// Measures one benchmark, and counts what an operation of it executes. `bad_input` where not one
/// benchmark is named, `nothing_measured` where it cannot be counted.
[[nodiscard]] Result<CountedBenchmark> count_benchmark(const Session& session,
                                                       const CountRequest& request,
                                                       std::vector<std::string> arguments);

}  // namespace pulsebench::session
