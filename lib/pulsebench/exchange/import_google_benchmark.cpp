#include <utility>

#include "pulsebench/exchange/foreign.hpp"
#include "pulsebench/exchange/json_text.hpp"
#include "pulsebench/vocabulary/try.hpp"
#include "pulsebench/wire/benchmark_name.hpp"
#include "pulsebench/wire/google_benchmark_report.hpp"

namespace pulsebench::exchange {

/// Repetitions are of one process. The id is the one that `run --exe` gives. `library_build_type`
/// is not kept: Debian's library says "debug" in a release build.
Result<ForeignReport> read_google_benchmark(const Source& source) {
  auto decoded = wire::decode_google_benchmark_report(source.files.front().text);
  if (!decoded) return wrong_source(source, decoded.error().message);
  ForeignReport report{.tool_version = std::move(decoded->library_version),
                       .date = std::move(decoded->date),
                       .host = std::move(decoded->host)};
  for (wire::ReportedBenchmark& reported : decoded->benchmarks) {
    ForeignBenchmark benchmark{.name = reported.name,
                               .key = wire::id_of(reported.name),
                               .outcome = std::move(reported.outcome),
                               .threads = reported.threads,
                               .label = std::move(reported.label)};
    if (reported.median_of > 0) {
      benchmark.aggregate = {.figure = "median", .count = reported.median_of};
      benchmark.aggregate_ns =
          reported.visit.slices.empty() ? 0.0 : reported.visit.slices.front().ns_per_op;
    } else if (!reported.visit.slices.empty()) {
      benchmark.visits.push_back(std::move(reported.visit));
    }
    report.benchmarks.push_back(std::move(benchmark));
  }
  return report;
}

}  // namespace pulsebench::exchange
