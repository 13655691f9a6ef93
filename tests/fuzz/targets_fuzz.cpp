#include "claims.hpp"
#include "pulsebench/config/load.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = pulsebench::fuzz::text_of(data, size);
  const auto parsed =
      pulsebench::config::parse_targets(text, "fuzz.json", pulsebench::HardwareClass::nvidia_gpu);
  if (!parsed) pulsebench::fuzz::require_clear_line(parsed.error());
  return 0;
}
