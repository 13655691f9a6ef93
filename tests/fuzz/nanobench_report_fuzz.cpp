#include <cmath>

#include "claims.hpp"
#include "pulsebench/wire/nanobench_report.hpp"

using namespace pulsebench;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto found = wire::decode_nanobench(fuzz::text_of(data, size));
  if (!found) return fuzz::require_clear_line(found.error()), 0;
  fuzz::require(!found->empty(), "a report has results");
  for (const auto& result : *found) {
    fuzz::require(!result.epochs.empty(), "a result has epochs");
    for (const auto& epoch : result.epochs) {
      fuzz::require(std::isfinite(epoch.ns_per_op) && epoch.ns_per_op > 0.0, "a time is a time");
    }
  }
  return 0;
}
