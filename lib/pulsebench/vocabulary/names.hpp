#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace pulsebench {

template <class Enum>
struct Named {
  Enum value;
  std::string_view name;
};

/// The values of an enum and the words for them in documents, on the wire and in options: one table
/// beside each enum that has such words.
template <class Enum>
inline constexpr std::array<Named<Enum>, 0> kNames{};

template <class Enum>
[[nodiscard]] constexpr std::string_view name_of(Enum value) {
  for (const auto& entry : kNames<Enum>) {
    if (entry.value == value) return entry.name;
  }
  return "";
}

template <class Enum>
[[nodiscard]] constexpr std::optional<Enum> value_named(std::string_view name) {
  for (const auto& entry : kNames<Enum>) {
    if (entry.name == name) return entry.value;
  }
  return std::nullopt;
}

/// Returns true if the table has a row for each value from 0 on, in order. It cannot see values
/// that lack behind the last row.
template <class Enum>
[[nodiscard]] constexpr bool names_in_order() {
  for (std::size_t i = 0; i < kNames<Enum>.size(); ++i) {
    if (kNames<Enum>[i].value != static_cast<Enum>(i)) return false;
  }
  return true;
}

/// The word for a value in a report: "timed out" for "timed_out".
template <class Enum>
[[nodiscard]] std::string spoken(Enum value) {
  std::string words{name_of(value)};
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

/// All words of an enum, in the order of its table.
template <class Enum>
[[nodiscard]] constexpr auto names_of() {
  std::array<std::string_view, kNames<Enum>.size()> names{};
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = kNames<Enum>[i].name;
  return names;
}

}  // namespace pulsebench
