#include "pulsebench/render/style.hpp"

#include <doctest/doctest.h>

using namespace pulsebench::render;

namespace {

TerminalTraits terminal() {
  return {.term = "xterm-256color", .is_terminal = true, .columns = 120};
}

}  // namespace

TEST_CASE("colour needs a terminal that can, unless it is asked for") {
  CHECK(style_for(terminal()).color);
  auto pipe = terminal();
  pipe.is_terminal = false;
  CHECK_FALSE(style_for(pipe).color);
  pipe.choice = ColorChoice::always;
  CHECK(style_for(pipe).color);
  for (const char* term : {"dumb", ""}) {
    auto incapable = terminal();
    incapable.term = term;
    CHECK_FALSE(style_for(incapable).color);
  }
}

TEST_CASE("NO_COLOR takes colour away, and a choice on the command line wins over it") {
  auto no_color = terminal();
  no_color.no_color = true;
  CHECK_FALSE(style_for(no_color).color);
  no_color.choice = ColorChoice::always;
  CHECK(style_for(no_color).color);
  auto never = terminal();
  never.choice = ColorChoice::never;
  CHECK_FALSE(style_for(never).color);
}

TEST_CASE("a dumb terminal gets ASCII, no terminal at all keeps Unicode") {
  auto dumb = terminal();
  dumb.term = "dumb";
  CHECK_FALSE(style_for(dumb).unicode);
  CHECK(style_for(TerminalTraits{}).unicode);
}

TEST_CASE("the width is the terminal's, 100 off a terminal, and never below 60") {
  CHECK(style_for(terminal()).width == 120);
  auto pipe = terminal();
  pipe.is_terminal = false;
  CHECK(style_for(pipe).width == 100);
  auto narrow = terminal();
  narrow.columns = 20;
  CHECK(style_for(narrow).width == 60);
  auto silent = terminal();
  silent.columns = 0;
  CHECK(style_for(silent).width == 100);
}

TEST_CASE("a dumb terminal gets the signs of a sentence in ASCII") {
  CHECK(in_ascii("4.30 µs ± 0.5 % · 1–2 → 3…") == "4.30 us +- 0.5 % | 1-2 -> 3..");
}

TEST_CASE("text is painted only where there is colour, and the colour ends with it") {
  CHECK(painted("slow", Tone::bad, Style{.color = true}) == "\x1b[31mslow\x1b[0m");
  CHECK(painted("slow", Tone::bad, Style{.color = false}) == "slow");
  CHECK(painted("slow", Tone::plain, Style{.color = true}) == "slow");
  CHECK(painted("", Tone::bad, Style{.color = true}).empty());
}
