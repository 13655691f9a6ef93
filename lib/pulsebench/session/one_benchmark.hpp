#pragma once

#include <string>
#include <vector>

#include "pulsebench/config/config.hpp"
#include "pulsebench/run/launcher.hpp"
#include "pulsebench/run/suite.hpp"
#include "pulsebench/session/selection.hpp"
#include "pulsebench/session/session.hpp"

namespace pulsebench::session {

/// The id of the benchmark that `selection.filter` names, else of the only one that it matches.
/// `bad_input` where it matches none or several.
[[nodiscard]] Result<std::string> benchmark_of(const std::vector<run::Suite>& suites,
                                               const Selection& selection,
                                               const config::Config& config);

/// One benchmark, and where it is measured.
struct OneBenchmark {
  BenchmarkInfo info;
  run::Source source;
};

/// The benchmark with that id. `not_found` with the name of the side where there is none.
[[nodiscard]] Result<OneBenchmark> benchmark_in(const std::vector<run::Suite>& suites,
                                                const std::string& id, const std::string& side);

/// The benchmark of `executables` (empty: of the project's suites) that `text` names: its id, or a
/// regular expression that matches one id.
[[nodiscard]] Result<OneBenchmark> find_one_benchmark(const Session& session,
                                                      const std::string& text,
                                                      const std::vector<std::string>& executables,
                                                      const run::ProgramOptions& options);

/// Why the benchmark gave nothing: an interrupt, or what its process did.
[[nodiscard]] Failure did_not_run(const std::string& id, const run::ProcessFailure& failure);

/// A regular expression that matches `id` alone.
[[nodiscard]] std::string pattern_of(const std::string& id);

}  // namespace pulsebench::session
