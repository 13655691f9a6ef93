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

void append_markup(char c, std::string& text) {
  switch (c) {
    case '&':
      text += "&amp;";
      break;
    case '<':
      text += "&lt;";
      break;
    case '>':
      text += "&gt;";
      break;
    case '"':
      text += "&quot;";
      break;
    default:
      text += c;
  }
}

std::string xml_text(std::string_view text) {
  std::string result;
  for (const char c : harmless(text)) append_markup(c, result);
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
