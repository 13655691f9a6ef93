#include "pulsebench/exchange/json_text.hpp"

#include <algorithm>
#include <cstddef>

#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::exchange {
namespace {

/// Where a number that JSON does not have stands outside of strings; npos where there is none.
std::size_t find_no_number(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '"') {
      for (++at; at < text.size() && text[at] != '"'; ++at) at += text[at] == '\\' ? 1 : 0;
    } else if (text.substr(at).starts_with("NaN") || text.substr(at).starts_with("Infinity")) {
      return at;
    }
  }
  return std::string_view::npos;
}

}  // namespace

Result<json::Value> parse_text(std::string_view text, const std::string& name) {
  auto parsed = json::parse_leniently(text, name);
  if (parsed) return parsed;
  const std::size_t at = find_no_number(text);
  if (at == std::string_view::npos) return parsed;
  const auto line =
      1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
  return fail(ErrorCode::bad_input, printable(name, 200) + ": its line " + std::to_string(line) +
                                        " has " + (text[at] == 'N' ? "NaN" : "Infinity") +
                                        ", which is not JSON");
}

Result<json::Value> parse_source(const Source& source) {
  return parse_text(source.files.front().text, source.name);
}

const json::Value& object_at(const json::Value& object, const char* key) {
  static const json::Value kNone = json::Value::object();
  if (!object.is_object()) return kNone;
  const auto found = object.find(key);
  return found != object.end() && found->is_object() ? *found : kNone;
}

bool is_given(const json::Reader& fields, const char* key) {
  const json::Value* value = fields.find(key);
  return value != nullptr && !value->is_null();
}

Failure wrong_source(const Source& source, const std::string& fact) {
  return fail(ErrorCode::bad_input, printable(source.name, 200) + ": " + fact);
}

}  // namespace pulsebench::exchange
