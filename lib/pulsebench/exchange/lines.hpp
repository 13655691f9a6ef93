#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "pulsebench/exchange/foreign.hpp"
#include "pulsebench/vocabulary/result.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::exchange {

/// Gives each line of a source that is one file to `take(line, number)`, which returns a
/// `Result<void>`: the first error ends the reading. Numbers begin with 1.
template <class Take>
[[nodiscard]] Result<void> each_line(const Source& source, Take take) {
  std::string_view rest = source.files.front().text;
  for (std::size_t number = 1; !rest.empty(); ++number) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    PB_CHECK(take(line, number));
  }
  return {};
}

[[nodiscard]] inline bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

}  // namespace pulsebench::exchange
