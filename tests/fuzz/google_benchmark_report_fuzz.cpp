#include <cmath>

#include "claims.hpp"
#include "pulsebench/wire/google_benchmark_report.hpp"

using namespace pulsebench;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto visit = wire::decode_google_benchmark(fuzz::text_of(data, size));
  if (!visit) return fuzz::require_clear_line(visit.error()), 0;
  fuzz::require(!visit->slices.empty(), "a visit has slices");
  for (const auto& slice : visit->slices) {
    fuzz::require(std::isfinite(slice.ns_per_op) && slice.ns_per_op >= 0.0, "a time is a time");
  }
  return 0;
}
