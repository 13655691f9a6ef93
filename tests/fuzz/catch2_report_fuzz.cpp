#include <cmath>

#include "claims.hpp"
#include "pulsebench/wire/catch2_report.hpp"

using namespace pulsebench;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto found = wire::decode_catch2(fuzz::text_of(data, size));
  if (!found) return fuzz::require_clear_line(found.error()), 0;
  for (const auto& benchmark : found->benchmarks) {
    fuzz::require(!benchmark.path.empty(), "a benchmark has a path");
    const bool has_mean = std::isfinite(benchmark.mean_ns) && benchmark.mean_ns > 0.0;
    fuzz::require(has_mean || !benchmark.failure.empty(), "there is a mean, or a reason");
  }
  return 0;
}
