#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "pulsebench/vocabulary/names.hpp"

namespace pulsebench::console {

enum class Look { plain, heading, quiet, warning, isolated, selected };

/// One line of the screen, in ASCII.
struct Line {
  std::string text;
  Look look = Look::plain;
};

/// The column by which a table is sorted until the user chooses another one.
template <class Column>
inline constexpr Column kFirstSort{};

/// What the user chose to see of a table.
template <class Column>
struct ChoiceOf {
  Column sort = kFirstSort<Column>;
  bool is_reversed = false;
  std::string filter;  ///< part of what names a row
};

/// A column of a table. It is shown from a width of the screen on.
template <class Column, class Row>
struct Shown {
  Column column;
  std::size_t width;
  bool is_right;
  std::size_t from_width;
  std::string (*cell)(const Row&);
};

/// `text` in exactly so many columns.
[[nodiscard]] std::string fitted(std::string text, std::size_t width);

template <class Column, class Row>
std::string aligned(const std::string& text, const Shown<Column, Row>& shown) {
  return shown.is_right ? fmt::format("{:>{}} ", text, shown.width)
                        : fmt::format("{:<{}} ", text, shown.width);
}

/// The names of the columns, with a mark at the one by which the rows are sorted.
template <class Column, class Row>
Line heading_of(std::span<const Shown<Column, Row>> columns, const ChoiceOf<Column>& choice,
                std::size_t width) {
  std::string text = "  ";
  for (const auto& shown : columns) {
    if (width < shown.from_width) continue;
    std::string name{name_of(shown.column)};
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return static_cast<char>(c - 'a' + 'A'); });
    if (shown.column == choice.sort) name += choice.is_reversed ? '^' : 'v';
    text += aligned(name, shown);
  }
  return {fitted(text, width), Look::heading};
}

/// The cells of a row, each behind the other.
template <class Column, class Row>
std::string cells_of(std::span<const Shown<Column, Row>> columns, const Row& row,
                     std::size_t width) {
  std::string text;
  for (const auto& shown : columns) {
    if (width >= shown.from_width) text += aligned(shown.cell(row), shown);
  }
  return text;
}

/// Sorts rows in the order of the choice.
template <class Rows, class IsAbove>
void sort_rows(Rows& rows, bool is_reversed, IsAbove is_above) {
  std::sort(rows.begin(), rows.end(), [&](const auto& a, const auto& b) {
    return is_reversed ? is_above(b, a) : is_above(a, b);
  });
}

}  // namespace pulsebench::console
