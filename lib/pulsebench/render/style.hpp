#pragma once

#include <array>
#include <string>
#include <string_view>

namespace pulsebench::render {

enum class ColorChoice { automatic, always, never };  ///< `--color auto|always|never`

/// What decides how text is drawn; `apps` reads it from the arguments and the terminal_traits.
struct TerminalTraits {
  ColorChoice choice = ColorChoice::automatic;
  bool no_color = false;     ///< `NO_COLOR` is set and not empty (no-color.org)
  std::string term = {};     ///< `TERM`; empty where unset
  bool is_terminal = false;  ///< whether this stream is one
  int columns = 0;           ///< of the terminal; 0 where unknown
};

/// How text is drawn: colours or none, Unicode or ASCII, and the columns there are.
struct Style {
  bool color = false;
  bool unicode = true;
  int width = 100;
};

inline constexpr int kWidthOffTerminal = 100;
inline constexpr int kLeastWidth = 60;  ///< below it lines are left to the terminal to wrap
inline constexpr int kWide = 96;  ///< from here on an interval shows its ends, else half its width

/// Of a format that has no width and no colour of its own, and a reader with Unicode.
inline constexpr Style kUnbounded{.color = false, .unicode = true, .width = 1000};

/// Pure. A choice on the command line wins over `NO_COLOR`; by itself colour needs a terminal that
/// is not dumb. `TERM=dumb` gets ASCII. Off a terminal, or where it does not tell its width, text
/// is `kWidthOffTerminal` columns wide.
[[nodiscard]] Style style_for(const TerminalTraits& terminal_traits);

/// What a piece of text means; the colours follow from it.
enum class Tone { plain, strong, quiet, good, bad, doubtful };

/// `text` in the colour of `tone`, or `text` itself where the style has no colour.
[[nodiscard]] std::string painted(std::string_view text, Tone tone, const Style& style);

/// The signs that differ between Unicode and ASCII. Those of one set are used together.
struct Glyphs {
  std::string_view met, missed, unsure, attention;
  std::string_view ellipsis, arrow, micro, plus_minus, dash, dot;
  std::string_view horizontal, vertical;
  std::string_view top_left, top_right, bottom_left, bottom_right, tee_left, tee_right;
  std::string_view branch, last_branch;  ///< of a tree, with the blank that follows
  std::string_view bar_full, bar_empty;
  std::array<std::string_view, 8> heights;  ///< of a bar, the lowest first
};

[[nodiscard]] const Glyphs& glyphs(const Style& style);

/// `text` with the signs of the Unicode set that stand in sentences replaced by those of the other.
[[nodiscard]] std::string in_ascii(std::string text);

}  // namespace pulsebench::render
