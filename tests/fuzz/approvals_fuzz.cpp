#include "claims.hpp"
#include "pulsebench/baseline/approvals.hpp"

using namespace pulsebench;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto approvals = baseline::decode_approvals(fuzz::text_of(data, size), "fuzz.json");
  if (!approvals) return fuzz::require_clear_line(approvals.error()), 0;
  const std::string text = baseline::encode_approvals(*approvals);
  const auto again = baseline::decode_approvals(text, "again.json");
  fuzz::require(again.has_value(), "what was read can be written and read again");
  fuzz::require(baseline::encode_approvals(*again) == text, "and means the same");
  return 0;
}
