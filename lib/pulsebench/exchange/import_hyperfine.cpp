#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "pulsebench/exchange/foreign.hpp"
#include "pulsebench/exchange/json_text.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::exchange {
namespace {

constexpr double kMostRunSeconds = 1e9;

/// "/n=4096/mode=fast": `--command-name` may be the same for all values of a parameter.
std::string parameters_of(const json::Value& result) {
  std::string text;
  for (const auto& [name, value] : object_at(result, "parameters").items()) {
    if (value.is_string()) text += "/" + name + "=" + value.get<std::string>();
  }
  return text;
}

/// With `--ignore-failure` a command that failed is in the list as any other.
Outcome outcome_of(const json::Value& result) {
  const auto codes = result.find("exit_codes");
  if (codes == result.end() || !codes->is_array()) return {};
  const auto failed = std::ranges::count_if(
      *codes, [](const json::Value& code) { return !code.is_number() || code != 0; });
  if (failed == 0) return {};
  return {Status::failed, fmt::format("{} of its {} runs failed", failed, codes->size())};
}

ForeignBenchmark read_command(json::Reader& result) {
  ForeignBenchmark benchmark{.name = result.text("command", {.least = 0, .most = 1U << 20U})};
  if (result.failed()) return benchmark;
  const std::string parameters = parameters_of(result.value());
  if (!parameters.empty()) benchmark.key = benchmark.name + parameters;
  benchmark.outcome = outcome_of(result.value());
  if (!is_given(result, "times")) {
    benchmark.aggregate = {.figure = "median"};
    benchmark.aggregate_ns = result.real("median", 0.0, kMostRunSeconds) * 1e9;
    return benchmark;
  }
  for (const double seconds : result.reals("times", 0.0, kMostRunSeconds)) {
    benchmark.visits.push_back(visit_of({seconds * 1e9}));
  }
  return benchmark;
}

}  // namespace

/// A run of the command is a process, and so a launch.
Result<ForeignReport> read_hyperfine(const Source& source) {
  PB_TRY(const auto document, parse_source(source));
  json::Problem problem;
  json::Reader top{document, problem};
  ForeignReport report;
  top.each("results", kMostBenchmarks,
           [&](json::Reader& result) { report.benchmarks.push_back(read_command(result)); });
  if (problem.noted()) return problem.in(source.name);
  return report;
}

}  // namespace pulsebench::exchange
