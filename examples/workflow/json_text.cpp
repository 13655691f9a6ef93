#include "workflow/json_text.hpp"

#include <fmt/format.h>

namespace workflow {

std::string quote(std::string_view text) {
  std::string json;
  json.reserve(text.size() + 2);
  json += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      json += '\\';
      json += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      json += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      json += c;
    }
  }
  json += '"';
  return json;
}

}  // namespace workflow
