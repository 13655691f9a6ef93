#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "pulsebench/render/text.hpp"

namespace pulsebench::render {

/// `json` for a reader with and without tools: two blanks a level, ending in a newline. What is not
/// UTF-8 is replaced, as `dump` would throw on it.
[[nodiscard]] inline std::string json_text(const nlohmann::ordered_json& json) {
  return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace pulsebench::render
