#pragma once

#include <cstddef>
#include <string>

#include "pulsebench/render/page.hpp"

/// The parts of a row of a table in HTML.
namespace pulsebench::render {

/// ` class="names"`; nothing where there are none.
[[nodiscard]] std::string class_attribute(std::string names);

/// Returns true where a phone has no room for the column: its figures stand in the evidence, too.
[[nodiscard]] bool is_for_wide_screens(const Table& table, std::size_t column);

[[nodiscard]] std::string css_classes_of(const Column& column, bool optional,
                                         Tone tone = Tone::plain);

/// A cell with its mark.
[[nodiscard]] std::string marked_html(const Cell& cell);

/// What stands on a line below a row of so many columns: its note, and what fixes it.
[[nodiscard]] std::string html_below(const Row& row, std::size_t columns);

/// What the row rests on, folded unless `open`. Precondition: it has evidence.
[[nodiscard]] std::string html_of_evidence(const Row& row, bool open);

}  // namespace pulsebench::render
