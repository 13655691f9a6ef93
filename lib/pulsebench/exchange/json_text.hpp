#pragma once

#include <string>
#include <string_view>

#include "pulsebench/exchange/foreign.hpp"
#include "pulsebench/json/parse.hpp"
#include "pulsebench/json/reader.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::exchange {

/// The JSON document in `text`, which `name` names in errors. `bad_input` with the line where it is
/// none: a bare NaN or Infinity is named.
[[nodiscard]] Result<json::Value> parse_text(std::string_view text, const std::string& name);

/// The JSON document of a source that is one file.
[[nodiscard]] Result<json::Value> parse_source(const Source& source);

using json::text_at;

/// The object at `key`, or an empty one.
[[nodiscard]] const json::Value& object_at(const json::Value& object, const char* key);

/// Returns true where there is a value at `key`, and it is not null.
[[nodiscard]] bool is_given(const json::Reader& fields, const char* key);

/// `fact` about the source as a whole.
[[nodiscard]] Failure wrong_source(const Source& source, const std::string& fact);

}  // namespace pulsebench::exchange
