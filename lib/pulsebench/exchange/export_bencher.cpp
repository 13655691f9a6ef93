#include <string>

#include <fmt/format.h>

#include "pulsebench/exchange/exporters.hpp"
#include "pulsebench/json/write.hpp"

namespace pulsebench::exchange {
namespace {

using Json = nlohmann::ordered_json;
using baseline::BenchmarkResult;

Json measures_of(const BenchmarkResult& result) {
  Json latency{{"value", result.value->value}};
  if (result.interval) {
    latency["lower_value"] = result.interval->low;
    latency["upper_value"] = result.interval->high;
  }
  const auto& metric = result.info.metric;
  Json measures{{metric ? metric->name : "latency", std::move(latency)}};
  if (result.exact && result.exact->instructions_per_op) {
    measures["instructions"] = {{"value", *result.exact->instructions_per_op}};
  }
  if (result.allocations && result.allocations->per_op) {
    measures["allocations"] = {{"value", *result.allocations->per_op}};
  }
  return measures;
}

}  // namespace

/// Bencher Metric Format: `latency` is in nanoseconds, and a metric of a workload in its unit.
std::string write_bencher(const baseline::Document& document) {
  Json json = Json::object();
  for (const BenchmarkResult& result : document.benchmarks) {
    if (is_exported(result)) json[result.info.id.text()] = measures_of(result);
  }
  return json::document_text(json);
}

}  // namespace pulsebench::exchange
