#include "claims.hpp"
#include "pulsebench/trend/decisions.hpp"

using namespace pulsebench;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto decisions = trend::decode_decisions(fuzz::text_of(data, size), "fuzz.json");
  if (!decisions) return fuzz::require_clear_line(decisions.error()), 0;
  const std::string text = trend::encode_decisions(*decisions);
  const auto again = trend::decode_decisions(text, "again.json");
  fuzz::require(again.has_value(), "what was read can be written and read again");
  fuzz::require(trend::encode_decisions(*again) == text, "and means the same");
  return 0;
}
