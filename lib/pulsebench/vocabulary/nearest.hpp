#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace pulsebench {

/// The one of `known` that `word` is most likely a slip of: the least Levenshtein distance, at most
/// a third of the longer word's length, rounded to the nearest. Empty where nothing is that near.
[[nodiscard]] std::optional<std::string_view> nearest(std::string_view word,
                                                      std::span<const std::string_view> known);

}  // namespace pulsebench
