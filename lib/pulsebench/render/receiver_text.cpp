#include "pulsebench/render/receiver_text.hpp"

#include "pulsebench/render/text.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::render {

std::string harmless(std::string_view text) {
  std::string result = printable(text, kLongestText);
  for (const std::string_view forbidden : {"\xEF\xBF\xBE", "\xEF\xBF\xBF"}) {
    for (std::size_t at = result.find(forbidden); at != std::string::npos;
         at = result.find(forbidden, at)) {
      result.replace(at, forbidden.size(), "?");
    }
  }
  return result;
}

std::string xml_text(std::string_view text) {
  std::string result;
  for (const char c : harmless(text)) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

std::string json_text(std::string_view text) {
  std::string result = "\"";
  for (const char c : harmless(text)) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + "\"";
}

}  // namespace pulsebench::render
