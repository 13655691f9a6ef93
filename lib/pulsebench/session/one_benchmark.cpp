#include "pulsebench/session/one_benchmark.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "pulsebench/session/programs.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace {

constexpr std::size_t kMostNamed = 5;

}  // namespace

std::string pattern_of(const std::string& id) {
  std::string pattern = "^";
  for (const char c : id) {
    if (std::string_view{"\\^$.|?*+()[]{}"}.find(c) != std::string_view::npos) pattern += '\\';
    pattern += c;
  }
  return pattern + "$";
}

Result<std::string> benchmark_of(const std::vector<run::Suite>& suites, const Selection& selection,
                                 const config::Config& config) {
  const std::string asked = selection.filter;
  for (const run::Suite& suite : suites) {
    for (const BenchmarkInfo& info : suite.benchmarks) {
      if (info.id.text() == asked) return asked;
    }
  }
  PB_TRY(const auto matching, select(suites, selection, config));
  if (matching.size() == 1) return matching.front().info.id.text();
  std::string names;
  for (std::size_t i = 0; i < std::min(matching.size(), kMostNamed); ++i) {
    names += (i == 0 ? "" : ", ") + matching[i].info.id.text();
  }
  return fail(ErrorCode::bad_input,
              fmt::format("'{}' matches {} benchmarks ({}{}); give the id of one", printable(asked),
                          matching.size(), names, matching.size() > kMostNamed ? ", ..." : ""));
}

Result<OneBenchmark> benchmark_in(const std::vector<run::Suite>& suites, const std::string& id,
                                  const std::string& side) {
  for (const run::Suite& suite : suites) {
    for (std::size_t i = 0; i < suite.benchmarks.size(); ++i) {
      if (suite.benchmarks[i].id.text() != id) continue;
      return OneBenchmark{suite.benchmarks[i], run::source_of(suite, i)};
    }
  }
  return fail(ErrorCode::not_found,
              fmt::format("'{}' has no benchmark '{}'", printable(side), printable(id)));
}

Result<OneBenchmark> find_one_benchmark(const Session& session, const std::string& text,
                                        const std::vector<std::string>& executables,
                                        const run::ProgramOptions& options) {
  PB_TRY(const auto suites, open_programs(session, executables, options));
  PB_TRY(const auto& id, benchmark_of(suites, {.filter = text}, session.workspace.config));
  return benchmark_in(suites, id, "this build");
}

Failure did_not_run(const std::string& id, const run::ProcessFailure& failure) {
  const ErrorCode code =
      failure.status == Status::not_measured ? ErrorCode::interrupted : ErrorCode::child_failed;
  return fail(code, fmt::format("{}: {}", printable(id), printable(failure.reason, 400)));
}

}  // namespace pulsebench::session
