#include <cmath>

#include "claims.hpp"
#include "pulsebench/wire/report_line.hpp"

using namespace pulsebench;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto found = wire::decode_report(fuzz::text_of(data, size));
  if (!found) return fuzz::require_clear_line(found.error()), 0;
  fuzz::require(!found->metrics.empty(), "a report has metrics");
  for (const MetricValues& metric : found->metrics) {
    fuzz::require(!metric.values.empty(), "a metric has values");
    for (const double value : metric.values) fuzz::require(std::isfinite(value), "it is a number");
  }
  return 0;
}
