#pragma once

#include <string>

#include "pulsebench/render/page.hpp"

namespace pulsebench::render::fixtures {

/// What a hostile suite or file could say: an escape sequence, a bidirectional override, a table's
/// bar, a code span's fence, a line break, a mention, HTML.
inline const std::string kHostile = "\x1b[2J\u202ea|b`c\n@d <e>";

/// A small page with every kind of block and of cell in it.
inline Page every_cell() {
  Page page{.title = Text{"new"}.add(" compared with ").add("old"),
            .headline = {.verdict = "regressed",
                         .tone = Tone::bad,
                         .clauses = {"1 of 2 benchmarks is slower", "tier 0 gates"},
                         .exit_code = 1},
            .next = {"accept it", "pulsebench baseline approve a_b"},
            .json = [] { return std::string{"{}\n"}; }};
  Table table{.columns = {{.header = "benchmark", .elastic = true},
                          {.header = "tier"},
                          {.header = "value", .align = Align::right},
                          {.header = "target", .align = Align::right},
                          {.header = "99 % interval", .align = Align::right, .narrow = "± %"},
                          {.header = "change", .align = Align::right},
                          {.header = "noise %", .align = Align::right, .detail = true},
                          {.header = "threshold", .align = Align::right},
                          {.header = "launches", .align = Align::right},
                          {.header = "instr/op", .align = Align::right},
                          {.header = "run it alone"}},
              .legend = {{.text = "noise: between launches", .detail = true}}};
  const Cost cost{4300};
  table.groups.push_back(
      {.title = {"regressed", Tone::bad},
       .rows = {{.cells = {{Name{"hooks/a_b"}, Tone::plain, Mark::missed},
                           TierOrFloor{Tier::critical},
                           {cost, Tone::strong},
                           {Bound{Cost{5000}}, Tone::plain, Mark::met},
                           CostInterval{Cost{4257}, Cost{4343}, cost},
                           {Change{Percent{15.2}}, Tone::bad},
                           {Percent{0.2}, Tone::quiet},
                           Limit{Percent{5}},
                           Count{17000},
                           PerOperation{0.125},
                           Command{"./suite a"}},
                 .note = "p = 0.01",
                 .detail = "z 6.1"},
                {.cells = {{Name{"crashed"}, Tone::plain, Mark::unsure}, TierOrFloor{}},
                 .note = {kHostile, Tone::bad},
                 .command = "run --it"}}});
  page.add(table);
  page.add(Note{Mark::attention, kHostile});
  page.add(Note{Mark::absent, "only with --explain", true});
  page.add(Paragraph{{"12 s", "seed 7", Text{"in "}.add("a_b").add(" alone")}});
  page.add(Paragraph{{Text{"a detail"}}, true});
  return page;
}

}  // namespace pulsebench::render::fixtures
