#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "pulsebench/exchange/foreign.hpp"
#include "pulsebench/exchange/json_text.hpp"
#include "pulsebench/exchange/lines.hpp"
#include "pulsebench/exchange/time_units.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::exchange {
namespace {

constexpr double kMostMeasured = 1e18, kMostIterated = 1e15;

/// "benchmark-complete"; the samples are of one process.
ForeignBenchmark read_complete(json::Reader& line) {
  ForeignBenchmark benchmark{.name = line.text("id")};
  const std::vector<double> iterations = line.reals("iteration_count", 1.0, kMostIterated);
  const std::vector<double> values = line.reals("measured_values", 0.0, kMostMeasured);
  const std::string unit = line.text("unit");
  if (line.failed()) return benchmark;
  if (iterations.size() != values.size()) {
    line.note("measured_values", "has another length than iteration_count");
    return benchmark;
  }
  const double in_ns = ns_in_unit(unit);
  if (in_ns == 0.0) {
    benchmark.outcome = {Status::failed, "it is measured in '" + unit + "', which is no time"};
    return benchmark;
  }
  std::vector<double> ns;
  double most = 1.0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    ns.push_back(values[i] * in_ns / iterations[i]);
    most = std::max(most, iterations[i]);
  }
  benchmark.visits.push_back(visit_of(ns, static_cast<std::uint64_t>(most)));
  return benchmark;
}

}  // namespace

/// JSON lines, of which only completed benchmarks count.
Result<ForeignReport> read_cargo_criterion(const Source& source) {
  ForeignReport report;
  json::Problem problem;
  PB_CHECK(each_line(source, [&](std::string_view line, std::size_t number) -> Result<void> {
    if (is_blank(line)) return {};
    const std::string place = source.name + ", line " + std::to_string(number);
    PB_TRY(const auto message, parse_text(line, place));
    if (text_at(message, "reason") != "benchmark-complete") return {};
    json::Reader fields{message, problem};
    report.benchmarks.push_back(read_complete(fields));
    if (problem.noted()) return problem.in(place);
    return {};
  }));
  return report;
}

}  // namespace pulsebench::exchange
