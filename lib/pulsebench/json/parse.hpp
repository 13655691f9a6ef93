#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::json {

using Value = nlohmann::json;

/// Returns the JSON document in `text`. `bad_input`, with line and column, where it is none, where
/// an object has a key twice, or where it nests beyond 32 levels.
[[nodiscard]] Result<Value> parse(std::string_view text, std::string_view file_name);

/// As `parse`, but of a key that comes twice the last counts: for large reports of other tools.
[[nodiscard]] Result<Value> parse_leniently(std::string_view text, std::string_view file_name);

/// The text at `key`, or empty: where it is absent, null or something else than a text.
[[nodiscard]] std::string text_at(const Value& object, const char* key);

}  // namespace pulsebench::json
