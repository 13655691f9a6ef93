#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pulsebench::exchange {

/// A result line of `go test -bench`: "BenchmarkEncode/gzip-8  50000  25321 ns/op  4864 B/op".
struct GoLine {
  std::string name;
  std::uint64_t operations = 0;
  std::vector<std::pair<double, std::string>> values = {};  ///< each with its unit
  bool whole = true;  ///< false: a value of it is not a number, or has no unit
};

/// Nothing where `line` is none: also a name alone, which `go test -v` prints before it measures.
[[nodiscard]] std::optional<GoLine> parse_go_line(std::string_view line);

/// Returns true where a line of `text` is a result line.
[[nodiscard]] bool is_go_text(std::string_view text);

}  // namespace pulsebench::exchange
