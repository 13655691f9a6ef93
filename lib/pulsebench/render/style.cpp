#include "pulsebench/render/style.hpp"

#include <algorithm>
#include <array>

namespace pulsebench::render {
namespace {

constexpr Glyphs glyphs_in(bool unicode) {
  const auto pick = [unicode](std::string_view sign, std::string_view in_ascii) {
    return unicode ? sign : in_ascii;
  };
  return {.met = pick("✓", "ok"),
          .missed = pick("✗", "x"),
          .unsure = pick("?", "?"),
          .attention = pick("!", "!"),
          .ellipsis = pick("…", ".."),
          .arrow = pick("→", "->"),
          .micro = pick("µ", "u"),
          .plus_minus = pick("±", "+-"),
          .dash = pick("–", "-"),
          .dot = pick("·", "|"),
          .horizontal = pick("─", "-"),
          .vertical = pick("│", "|"),
          .top_left = pick("┌", "+"),
          .top_right = pick("┐", "+"),
          .bottom_left = pick("└", "+"),
          .bottom_right = pick("┘", "+"),
          .tee_left = pick("├", "+"),
          .tee_right = pick("┤", "+"),
          .branch = pick("├─ ", "|- "),
          .last_branch = pick("└─ ", "`- "),
          .bar_full = pick("━", "#"),
          .bar_empty = pick("╌", "."),
          .heights = {pick("▁", "1"), pick("▂", "2"), pick("▃", "3"), pick("▄", "4"),
                      pick("▅", "5"), pick("▆", "6"), pick("▇", "7"), pick("█", "8")}};
}

constexpr Glyphs kUnicode = glyphs_in(true), kAscii = glyphs_in(false);

/// In the order of `Tone`. Only the eight colours and the two weights that every terminal theme
/// keeps readable.
std::string_view escape_of(Tone tone) {
  constexpr std::array<std::string_view, 6> kEscapes{"",         "\x1b[1m",  "\x1b[2m",
                                                     "\x1b[32m", "\x1b[31m", "\x1b[33m"};
  return kEscapes[static_cast<std::size_t>(tone)];
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
