#include "pulsebench/json/write.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

namespace pulsebench::json {
namespace {

using Json = nlohmann::ordered_json;

/// Returns true for a list of numbers, of lists of them, and so on.
bool is_numeric(const Json& json) {
  return json.is_array() && std::all_of(json.begin(), json.end(), [](const Json& item) {
           return item.is_number() || is_numeric(item);
         });
}

void append(std::string& text, const Json& json, std::size_t depth) {
  if (!json.is_structured() || json.empty() || is_numeric(json)) {
    text += line_text(json);
    return;
  }
  const std::string margin(2 * (depth + 1), ' ');
  const char* separator = "\n";
  text += json.is_object() ? '{' : '[';
  for (const auto& item : json.items()) {
    text += separator + margin;
    if (json.is_object()) text += line_text(Json(item.key())) + ": ";
    append(text, item.value(), depth + 1);
    separator = ",\n";
  }
  text += "\n" + std::string(2 * depth, ' ') + (json.is_object() ? '}' : ']');
}

}  // namespace

std::string document_text(const Json& json) {
  std::string text;
  append(text, json, 0);
  return text + "\n";
}

double rounded(double value, int digits) {
  std::array<char, 64> text{};
  char* const end = text.data() + text.size();
  const auto written = std::to_chars(text.data(), end, value, std::chars_format::general, digits);
  double result = value;
  (void)std::from_chars(text.data(), written.ptr, result);
  return result;
}

Json rounded_or_null(std::optional<double> value, int digits) {
  return value ? Json(rounded(*value, digits)) : Json(nullptr);
}

}  // namespace pulsebench::json
