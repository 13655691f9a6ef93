#include <utility>

#include "pulsebench/exchange/foreign.hpp"
#include "pulsebench/exchange/json_text.hpp"
#include "pulsebench/wire/nanobench_report.hpp"

namespace pulsebench::exchange {

/// Epochs are of one process; the cost is that of one unit. The id is the one that `run --exe`
/// gives.
Result<ForeignReport> read_nanobench(const Source& source) {
  auto decoded = wire::decode_nanobench(source.files.front().text);
  if (!decoded) return wrong_source(source, decoded.error().message);
  ForeignReport report;
  for (wire::NanobenchResult& result : *decoded) {
    ForeignBenchmark benchmark{.name = std::move(result.id)};
    benchmark.visits.push_back({.operations = 1, .slices = std::move(result.epochs)});
    report.benchmarks.push_back(std::move(benchmark));
  }
  return report;
}

}  // namespace pulsebench::exchange
