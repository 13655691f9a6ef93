#pragma once

#include <limits>
#include <span>
#include <string>
#include <string_view>

/// The facts that a reader of JSON states about a field, worded once for every reader.
namespace pulsebench::json {

/// What a number may be, both ends included.
struct Bounds {
  double low;
  double high;
};

/// The least number above zero, for what a logarithm is taken of.
inline constexpr double kAboveZero = std::numeric_limits<double>::min();

[[nodiscard]] std::string must_be_number(Bounds bounds, std::string_view found);
[[nodiscard]] std::string must_be_whole(Bounds bounds, std::string_view found);
[[nodiscard]] std::string must_be_one_of(std::span<const std::string_view> names,
                                         std::string_view found);

/// "is not known", with the one of `known` that was meant, or with all of them.
[[nodiscard]] std::string unknown_key(std::string_view key,
                                      std::span<const std::string_view> known);

}  // namespace pulsebench::json
