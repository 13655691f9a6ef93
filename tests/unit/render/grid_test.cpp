#include "pulsebench/render/grid.hpp"

#include <doctest/doctest.h>

#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "pulsebench/render/text.hpp"

using namespace pulsebench::render;

namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream stream{text};
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

Grid example() {
  Grid grid{{{.header = "name", .elastic = true},
             {.header = "value", .align = Align::right},
             {.header = "note", .drop = 1}}};
  grid.row({"budget/consume", "0.861 ns", "first"});
  grid.row({"rdtsc", "9.49 ns"});
  grid.spanning_row({"crashy", "crashed: signal 11"});
  return grid;
}

}  // namespace

TEST_CASE("columns are aligned, and no line ends in blanks") {
  CHECK(example().plain(Style{.width = 80}) ==
        "name               value  note\n"
        "budget/consume  0.861 ns  first\n"
        "rdtsc            9.49 ns\n"
        "crashy          crashed: signal 11\n");
}

TEST_CASE("a column that is elastic and may be dropped is dropped") {
  Grid grid{{{.header = "name"}, {.header = "where", .drop = 1, .elastic = true}}};
  grid.row({"a name that fills the room", "somewhere far away"});
  CHECK(grid.plain(Style{.width = 28}) ==
        "name\n"
        "a name that fills the room\n");
}

TEST_CASE("a box frames every line and puts the headers beside the first title") {
  Grid boxed{{{.header = "", .elastic = true}, {.header = "value", .align = Align::right}}};
  boxed.title("Tier 0");
  boxed.row({"consume", "0.861 ns"});
  boxed.title("Tier 1");
  boxed.row({"a", "5.1 ns"});
  CHECK(boxed.boxed("Title", Style{.width = 80}) ==
        "┌───────────────────┐\n"
        "│       Title       │\n"
        "├───────────────────┤\n"
        "│ Tier 0      value │\n"
        "│ consume  0.861 ns │\n"
        "├───────────────────┤\n"
        "│ Tier 1            │\n"
        "│ a          5.1 ns │\n"
        "└───────────────────┘\n");
}

TEST_CASE("what stands below a row is wrapped, and a command is not") {
  Grid grid{{{.header = "name"}, {.header = "value"}}};
  grid.row({"a", "1 ns"});
  grid.below("one two three four");
  grid.verbatim("rm --recursive folder");
  CHECK(grid.plain(Style{.width = 14}) ==
        "name  value\n"
        "a     1 ns\n"
        "  one two\n"
        "  three four\n"
        "  rm --recursive folder\n");
}

TEST_CASE("a column without a cell is left out with its header") {
  Grid grid{{{.header = "name"}, {.header = "target"}, {.header = "value"}}};
  grid.row({"a", {}, "1 ns"});
  CHECK(grid.plain(Style{.width = 80}) == "name  value\na     1 ns\n");
}

TEST_CASE("where room is short a name is cut, then columns go, and no line is too wide") {
  Grid grid{{{.header = "name", .elastic = true},
             {.header = "value", .align = Align::right},
             {.header = "raw", .drop = 1}}};
  grid.row({"hooks/before_poll/with_a_hook/threads:4", "0.861 ns", "38.4"});
  CHECK(grid.plain(Style{.width = 46}) ==
        "name                               value  raw\n"
        "hooks/before_po…hook/threads:4  0.861 ns  38.4\n");
}

TEST_CASE("every line of a box has the same display width, whatever stands in it") {
  // The generator's raw output is the same everywhere (ISO C++, rand.eng.mers).
  std::mt19937 engine{20260101};
  const auto random = [&engine] { return static_cast<std::uint32_t>(engine()); };
  const std::vector<std::string> pieces{"a", "hooks/", "基準", "e\u0301", "🚀", "_", "Ａ", "größe"};
  for (int round = 0; round < 300; ++round) {
    Grid grid{{{.header = "", .elastic = true},
               {.header = "value", .align = Align::right},
               {.header = "raw", .align = Align::right, .drop = 1},
               {.header = ""}}};
    for (std::uint32_t rows = 1 + random() % 6; rows > 0; --rows) {
      std::string name;
      for (std::uint32_t n = random() % 40; n > 0; --n) name += pieces[random() % pieces.size()];
      const std::uint32_t kind = random() % 5;
      if (kind == 0) grid.below(Text{name});
      if (kind == 1) grid.title(Text{name});
      if (kind == 2) grid.spanning_row({Text{"x"}, Text{name, Tone::bad}});
      grid.row({Text{name}, "0.861 ns", "38.4", kind == 3 ? "~12 %" : ""});
    }
    Style style{.color = false, .unicode = random() % 2 == 0};
    style.width = static_cast<int>(60 + random() % 80);
    const auto lines = lines_of(grid.boxed("title", style));
    for (const std::string& line : lines) {
      REQUIRE(display_width(line) == display_width(lines.front()));
      REQUIRE(display_width(line) <= style.width);
    }
    for (const std::string& line : lines_of(grid.plain(style))) {
      REQUIRE(display_width(line) <= style.width);
    }
  }
}

TEST_CASE("colour changes no letter of a grid") {
  Grid grid{{{.header = "name"}, {.header = "value"}}};
  grid.row({Text{"a", Tone::bad}, Text{"1 ns", Tone::good}});
  std::string colored = grid.boxed("t", Style{.color = true});
  CHECK(colored.find('\x1b') != std::string::npos);
  for (auto at = colored.find('\x1b'); at != std::string::npos; at = colored.find('\x1b')) {
    colored.erase(at, colored.find('m', at) - at + 1);
  }
  CHECK(colored == grid.boxed("t", Style{.color = false}));
}
