#include "claims.hpp"
#include "pulsebench/load/messages.hpp"

namespace fuzz = pulsebench::fuzz;
namespace load = pulsebench::load;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto first = load::decode_event(fuzz::text_of(data, size));
  if (!first) return fuzz::require_clear_line(first.error()), 0;
  const std::string line = load::encode(*first);
  const auto second = load::decode_event(line);
  fuzz::require(second.has_value(), "what was encoded decodes");
  fuzz::require(load::encode(*second) == line, "and means the same");
  return 0;
}
