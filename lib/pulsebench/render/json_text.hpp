#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>

namespace pulsebench::render {

/// A reason or a warning of others is kept up to so many bytes.
inline constexpr std::size_t kLongestText = 2000;

/// `json` for a reader with and without tools: two blanks a level, ending in a newline. What is not
/// UTF-8 is replaced, as `dump` would throw on it.
[[nodiscard]] inline std::string json_text(const nlohmann::ordered_json& json) {
  return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace pulsebench::render
