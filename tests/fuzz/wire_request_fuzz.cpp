#include "claims.hpp"
#include "pulsebench/wire/messages.hpp"

namespace fuzz = pulsebench::fuzz;
namespace wire = pulsebench::wire;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto first = wire::decode_request(fuzz::text_of(data, size));
  if (!first) return fuzz::require_clear_line(first.error()), 0;
  const std::string line = wire::encode(*first);
  fuzz::require(line.find('\n') == std::string::npos, "a message is one line");
  const auto second = wire::decode_request(line);
  fuzz::require(second.has_value(), "what was encoded decodes");
  fuzz::require(wire::encode(*second) == line, "and means the same");
  return 0;
}
