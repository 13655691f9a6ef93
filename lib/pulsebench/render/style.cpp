#include "pulsebench/render/style.hpp"

#include <algorithm>

namespace pulsebench::render {
namespace {

constexpr Glyphs kUnicode{.met = "✓",
                          .missed = "✗",
                          .unsure = "?",
                          .attention = "!",
                          .ellipsis = "…",
                          .arrow = "→",
                          .micro = "µ",
                          .plus_minus = "±",
                          .dash = "–",
                          .dot = "·",
                          .horizontal = "─",
                          .vertical = "│",
                          .top_left = "┌",
                          .top_right = "┐",
                          .bottom_left = "└",
                          .bottom_right = "┘",
                          .tee_left = "├",
                          .tee_right = "┤",
                          .branch = "├─ ",
                          .last_branch = "└─ ",
                          .bar_full = "━",
                          .bar_empty = "╌"};

constexpr Glyphs kAscii{.met = "ok",
                        .missed = "x",
                        .unsure = "?",
                        .attention = "!",
                        .ellipsis = "..",
                        .arrow = "->",
                        .micro = "u",
                        .plus_minus = "+-",
                        .dash = "-",
                        .dot = "|",
                        .horizontal = "-",
                        .vertical = "|",
                        .top_left = "+",
                        .top_right = "+",
                        .bottom_left = "+",
                        .bottom_right = "+",
                        .tee_left = "+",
                        .tee_right = "+",
                        .branch = "|- ",
                        .last_branch = "`- ",
                        .bar_full = "#",
                        .bar_empty = "."};

/// Only the eight colours and the two weights that every terminal theme keeps readable.
std::string_view escape_of(Tone tone) {
  switch (tone) {
    case Tone::plain:
      return "";
    case Tone::strong:
      return "\x1b[1m";
    case Tone::quiet:
      return "\x1b[2m";
    case Tone::good:
      return "\x1b[32m";
    case Tone::bad:
      return "\x1b[31m";
    case Tone::doubtful:
      return "\x1b[33m";
  }
  return "";
}

bool colored(const TerminalTraits& terminal_traits) {
  if (terminal_traits.choice == ColorChoice::always) return true;
  if (terminal_traits.choice == ColorChoice::never) return false;
  const bool dumb = terminal_traits.term.empty() || terminal_traits.term == "dumb";
  return terminal_traits.is_terminal && !dumb && !terminal_traits.no_color;
}

}  // namespace

Style style_for(const TerminalTraits& terminal_traits) {
  Style style;
  style.color = colored(terminal_traits);
  style.unicode = terminal_traits.term != "dumb";
  style.width = terminal_traits.is_terminal && terminal_traits.columns > 0
                    ? std::max(terminal_traits.columns, kLeastWidth)
                    : kWidthOffTerminal;
  return style;
}

std::string painted(std::string_view text, Tone tone, const Style& style) {
  const std::string_view escape = escape_of(tone);
  if (!style.color || escape.empty() || text.empty()) return std::string{text};
  std::string result{escape};
  result += text;
  return result += "\x1b[0m";
}

const Glyphs& glyphs(const Style& style) { return style.unicode ? kUnicode : kAscii; }

std::string in_ascii(std::string text) {
  using Sign = std::string_view Glyphs::*;
  for (const Sign sign : {&Glyphs::micro, &Glyphs::plus_minus, &Glyphs::dash, &Glyphs::dot,
                          &Glyphs::arrow, &Glyphs::ellipsis, &Glyphs::met, &Glyphs::missed}) {
    const std::string_view from = kUnicode.*sign, to = kAscii.*sign;
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at)) {
      text.replace(at, from.size(), to);
      at += to.size();
    }
  }
  return text;
}

}  // namespace pulsebench::render
