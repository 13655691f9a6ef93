#include "claims.hpp"
#include "pulsebench/baseline/codec.hpp"

using namespace pulsebench;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::text_of(data, size);
  for (const auto detail : {baseline::Detail::judgement, baseline::Detail::envelope}) {
    const auto part = baseline::decode(text, "fuzz.json", detail);
    if (!part) fuzz::require_clear_line(part.error());
  }
  const auto document = baseline::decode(text, "fuzz.json");
  if (!document) {
    fuzz::require_clear_line(document.error());
    return 0;
  }
  const auto again = baseline::decode(baseline::encode(*document), "again.json");
  fuzz::require(again.has_value(), "what was read can be written and read again");
  return 0;
}
