#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "every_cell.hpp"
#include "pulsebench/render/formats.hpp"

using namespace pulsebench::render;

namespace {

std::string annotations(const Page& page) { return write(page, *find_format("github"), {}); }

}  // namespace

// The escapes: docs.github.com, "Workflow commands for GitHub Actions"; actions/toolkit,
// command.ts.
TEST_CASE("a page as annotations has the verdict first, then what it rests on") {
  CHECK(annotations(fixtures::every_cell()) ==
        "::error title=pulsebench::regressed: 1 of 2 benchmarks is slower; tier 0 gates (exit 1)\n"
        "::error::hooks/a_b: tier 0, value 4.30 µs, target < 5 µs, 99 %25 interval 4.26–4.34, "
        "change +15.2 %25, threshold 5 %25, launches 17,000, instr/op 0.125, run it alone ./suite "
        "a; p = 0.01\n"
        "::warning::crashed: tier floor; ?[2J?a|b`c?@d <e>\n"
        "::warning::?[2J?a|b`c?@d <e>\n");
}

TEST_CASE("a name cannot give a command of its own") {
  Page page = fixtures::every_cell();
  page.blocks = {Note{Mark::missed, Text{"x\n::add-mask::y%0A::error::z"}}};
  CHECK(annotations(page).find("::error::x?::add-mask::y%250A::error::z\n") != std::string::npos);
}

TEST_CASE("GitHub keeps ten annotations of a level, so the tenth says how many are left out") {
  Page page{.headline = {.tone = Tone::bad, .clauses = {"20 are slower"}}};
  for (int i = 0; i < 20; ++i) page.add(Note{Mark::missed, "slower"});
  const std::string text = annotations(page);
  CHECK(std::ranges::count(text, '\n') == 10);
  CHECK(text.ends_with("::error::and 12 more, see the report\n"));
}

TEST_CASE("a page without a problem is one notice") {
  const Page page{.headline = {"unchanged", Tone::good, {"3 of 3 benchmarks"}, 0}};
  CHECK(annotations(page) == "::notice title=pulsebench::unchanged: 3 of 3 benchmarks (exit 0)\n");
}
