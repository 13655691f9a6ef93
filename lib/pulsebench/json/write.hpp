#pragma once

#include <optional>
#include <string>

#include <nlohmann/json.hpp>

/// How JSON is written. No function fails: bytes that are not UTF-8 (an argument, a label, a
/// host name) become U+FFFD, where `dump` would throw.
namespace pulsebench::json {

/// For a reader with and without tools: two blanks a level, a list of numbers on one line, ending
/// in a newline.
[[nodiscard]] std::string document_text(const nlohmann::ordered_json& json);

/// On one line, without its end. `Json` is `nlohmann::json` or `nlohmann::ordered_json`.
template <class Json>
[[nodiscard]] std::string line_text(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// The value at `digits` significant digits, at most 17, which all together take more bytes.
[[nodiscard]] double rounded(double value, int digits);

/// The same, as JSON; null where there is no value.
[[nodiscard]] nlohmann::ordered_json rounded_or_null(std::optional<double> value, int digits);

}  // namespace pulsebench::json
