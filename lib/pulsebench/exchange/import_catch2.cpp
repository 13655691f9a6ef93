#include <string>
#include <utility>

#include "pulsebench/exchange/foreign.hpp"
#include "pulsebench/exchange/json_text.hpp"
#include "pulsebench/wire/catch2_report.hpp"

namespace pulsebench::exchange {

/// The report has means, and no samples. The id is the one that `run --exe` gives.
Result<ForeignReport> read_catch2(const Source& source) {
  auto decoded = wire::decode_catch2(source.files.front().text);
  if (!decoded) return wrong_source(source, decoded.error().message);
  ForeignReport report{.tool_version = std::move(decoded->version)};
  for (const wire::Catch2Benchmark& reported : decoded->benchmarks) {
    ForeignBenchmark benchmark{.name = {}};
    for (const std::string& part : reported.path) {
      benchmark.name += (benchmark.name.empty() ? "" : "/") + part;
    }
    if (reported.failure.empty()) {
      benchmark.aggregate = {.figure = "mean", .count = reported.samples};
      benchmark.aggregate_ns = reported.mean_ns;
    } else {
      benchmark.outcome = {Status::failed, reported.failure};
    }
    report.benchmarks.push_back(std::move(benchmark));
  }
  return report;
}

}  // namespace pulsebench::exchange
