#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>

namespace pulsebench::exchange {

/// What a text is built of, as far as that tells formats apart. `text` refers to the source.
struct Outline {
  std::string_view text;
  bool is_folder = false;
  /// Where the text is JSON, or lines of it: "context", "benchmarks[].name", "[].mode": the keys of
  /// the first three levels, and in a list those of its first entry.
  std::set<std::string, std::less<>> keys = {};

  [[nodiscard]] bool has(std::string_view key) const { return keys.contains(key); }
};

/// Returns the outline of `text`, which need not be valid. Pure; takes time in proportion to it.
[[nodiscard]] Outline outline_of(std::string_view text);

}  // namespace pulsebench::exchange
