#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pulsebench/render/style.hpp"

namespace pulsebench::render {

/// A piece of text in one tone. The text is printable: names from outside went through
/// `printable()` before.
struct Span {
  std::string text;
  Tone tone = Tone::plain;
};

/// One cell, or one line: spans side by side.
struct Text {
  std::vector<Span> spans;

  Text() = default;
  Text(std::string text, Tone tone = Tone::plain) {  // NOLINT: a string is the common cell
    add(std::move(text), tone);
  }
  Text(const char* text) : Text(std::string{text}) {}  // NOLINT

  /// Appends; an empty text adds nothing.
  Text& add(std::string text, Tone tone = Tone::plain);

  [[nodiscard]] bool empty() const { return spans.empty(); }
  [[nodiscard]] int width() const;
  [[nodiscard]] std::string drawn(const Style& style) const;
};

/// `text` in at most `width` columns, its end replaced by an ellipsis where it does not fit.
[[nodiscard]] Text cut(const Text& text, int width, const Style& style);

/// The same, cutting the middle of the last span where that gives room enough: a benchmark's name
/// after the branch of a tree.
[[nodiscard]] Text cut_name(const Text& text, int width, const Style& style);

/// `text` in lines of at most `width` columns, broken at blanks; a word wider than that is cut into
/// pieces. At least one line.
[[nodiscard]] std::vector<Text> wrapped(const Text& text, int width);

/// `mark`, a blank, and `text` wrapped to the width, its further lines below its first. Ends in a
/// newline.
[[nodiscard]] std::string hanging(const Text& mark, const Text& text, const Style& style);

/// `items` in lines of at most `style.width` columns, broken between items, inside one only where
/// it does not fit a line. On one line
/// `separator` stands between two; a broken line keeps what of it is not blank. Every line begins
/// with `indent` blanks and ends in a newline.
[[nodiscard]] std::string flowed(const std::vector<Text>& items, std::string_view separator,
                                 int indent, const Style& style);

/// The same with a dot between two items, which a broken line does not keep.
[[nodiscard]] std::string listed(const std::vector<Text>& items, int indent, const Style& style);

}  // namespace pulsebench::render
