#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pulsebench/render/style.hpp"

namespace pulsebench::render {

/// A piece of text in one tone. It is printable, as `Text::add` sees to that.
struct Span {
  std::string text;
  Tone tone = Tone::plain;
  bool verbatim = false;  ///< a name or a command, which Markdown quotes
};

/// The most bytes of a text from elsewhere that are shown.
inline constexpr std::size_t kLongestText = 2000;

/// One cell, or one line: spans side by side.
struct Text {
  std::vector<Span> spans;

  Text() = default;
  Text(std::string_view text, Tone tone = Tone::plain) { add(text, tone); }    // NOLINT: is a text
  Text(const std::string& text, Tone tone = Tone::plain) { add(text, tone); }  // NOLINT
  Text(const char* text, Tone tone = Tone::plain) { add(text, tone); }         // NOLINT

  /// Appends what of `text` cannot steer a terminal, at most `kLongestText` bytes; an empty text
  /// adds nothing.
  Text& add(std::string_view text, Tone tone = Tone::plain);
  Text& append(const Text& text);
  /// The same for a name or a command.
  Text& add_verbatim(std::string_view text);

  [[nodiscard]] bool empty() const { return spans.empty(); }
  [[nodiscard]] int width() const;
  /// Without its tones.
  [[nodiscard]] std::string plain() const;
  [[nodiscard]] std::string drawn(const Style& style) const;
};

/// `text` with the glyphs of `style`: in ASCII `µ` becomes `u`, `·` becomes `|`, and so on.
[[nodiscard]] Text in_charset(const Text& text, const Style& style);

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
/// it does not fit a line; `separator` stands between two on one line. Ends in a newline, unless
/// all are empty.
[[nodiscard]] std::string flowed(const std::vector<Text>& items, const Text& separator,
                                 const Style& style);

/// Columns that a terminal gives `text`: 2 for East Asian wide characters and emoji, 0 for
/// combining marks, 1 for the rest. `text` has no control characters; bytes that are not UTF-8
/// count 1 each. Source of the widths: Unicode 14 as libutf8proc has it.
[[nodiscard]] int display_width(std::string_view text);

/// `text` in at most `width` columns: the end is replaced by `ellipsis` where it does not fit. A
/// character is never split, so the result may be a column narrower.
[[nodiscard]] std::string cut_end(std::string_view text, int width, std::string_view ellipsis);

/// The same with the middle replaced, as both ends of a benchmark's name tell it apart.
[[nodiscard]] std::string cut_middle(std::string_view text, int width, std::string_view ellipsis);

}  // namespace pulsebench::render
