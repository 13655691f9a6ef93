#include <cmath>

#include "claims.hpp"
#include "pulsebench/wire/criterion_sample.hpp"

using namespace pulsebench;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::text_of(data, size);
  if (const auto id = wire::decode_criterion_id(text); !id) fuzz::require_clear_line(id.error());
  for (const std::string& id : wire::criterion_list(text)) fuzz::require(!id.empty(), "an id");
  const auto visit = wire::decode_criterion_sample(text);
  if (!visit) return fuzz::require_clear_line(visit.error()), 0;
  fuzz::require(!visit->slices.empty(), "a visit has slices");
  for (const auto& slice : visit->slices) {
    fuzz::require(std::isfinite(slice.ns_per_op) && slice.ns_per_op > 0.0, "a time is a time");
  }
  return 0;
}
