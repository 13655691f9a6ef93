#pragma once

#include <string>

#include <nlohmann/json.hpp>

/// How JSON is written. Neither function fails: bytes that are not UTF-8 (an argument, a label, a
/// host name) become U+FFFD, where `dump` would throw.
namespace pulsebench::json {

/// For a reader with and without tools: two blanks a level, ending in a newline.
[[nodiscard]] inline std::string document_text(const nlohmann::ordered_json& json) {
  return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

/// On one line, without its end. `Json` is `nlohmann::json` or `nlohmann::ordered_json`.
template <class Json>
[[nodiscard]] std::string line_text(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace pulsebench::json
