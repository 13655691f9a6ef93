#include "pulsebench/render/formats.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "every_cell.hpp"

using namespace pulsebench::render;
using fixtures::every_cell;

namespace {

std::string as(const char* format, const Style& style = {}, bool explain = false) {
  return write(every_cell(), *find_format(format), style, explain);
}

}  // namespace

TEST_CASE("a format is found by its name, and no other word is one") {
  for (const Format& format : formats()) CHECK(find_format(format.name) == &format);
  CHECK(find_format("") == nullptr);
  CHECK(find_format("Text") == nullptr);
}

TEST_CASE("a page as text in a wide terminal shows both ends of intervals") {
  CHECK(as("text", Style{.width = 120}) ==
        "regressed: 1 of 2 benchmarks is slower; tier 0 gates (exit 1)\n"
        "\n"
        "benchmark    tier     value    target  99 % interval   change  threshold  launches  "
        "instr/op  run it alone\n"
        "regressed\n"
        "✗ hooks/a_b  0      4.30 µs  < 5 µs ✓      4.26–4.34  +15.2 %        5 %    17,000     "
        "0.125  ./suite a\n"
        "  p = 0.01\n"
        "? crashed    floor  ?[2J?a|b`c?@d <e>\n"
        "  fix: run --it\n"
        "\n"
        "! ?[2J?a|b`c?@d <e>\n"
        "\n"
        "12 s · seed 7 · in a_b alone\n"
        "next: accept it: pulsebench baseline approve a_b\n");
}

TEST_CASE("a page as text in a narrow terminal shows half the interval, and says so") {
  CHECK(
      as("text", Style{.width = 80}) ==
      "regressed: 1 of 2 benchmarks is slower; tier 0 gates (exit 1)\n"
      "\n"
      "benc…ark  tier     value    target  ± %   change  threshold  launches  instr/op  run it "
      "alone\n"
      "regressed\n"
      "✗ hoo…_b  0      4.30 µs  < 5 µs ✓  1.0  +15.2 %        5 %    17,000     0.125  ./suite a\n"
      "  p = 0.01\n"
      "? cra…ed  floor  ?[2J?a|b`c?@d <e>\n"
      "  fix: run --it\n"
      "\n"
      "±: half the 99 % interval\n"
      "\n"
      "! ?[2J?a|b`c?@d <e>\n"
      "\n"
      "12 s · seed 7 · in a_b alone\n"
      "next: accept it: pulsebench baseline approve a_b\n");
}

TEST_CASE("--explain shows the details of a page") {
  CHECK(as("text", Style{.width = 120}, true) ==
        "regressed: 1 of 2 benchmarks is slower; tier 0 gates (exit 1)\n"
        "\n"
        "benchmark    tier     value    target  99 % interval   change  noise %  threshold  "
        "launches  instr/op  run it alone\n"
        "regressed\n"
        "✗ hooks/a_b  0      4.30 µs  < 5 µs ✓      4.26–4.34  +15.2 %      0.2        5 %    "
        "17,000     0.125  ./suite a\n"
        "  p = 0.01; z 6.1\n"
        "? crashed    floor  ?[2J?a|b`c?@d <e>\n"
        "  fix: run --it\n"
        "\n"
        "noise: between launches\n"
        "\n"
        "! ?[2J?a|b`c?@d <e>\n"
        "– only with --explain\n"
        "\n"
        "12 s · seed 7 · in a_b alone\n"
        "a detail\n"
        "next: accept it: pulsebench baseline approve a_b\n");
}

TEST_CASE("a page in ASCII has no other letter") {
  const std::string text = as("text", Style{.unicode = false, .width = 120}, true);
  CHECK(std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; }));
  CHECK(text.find("4.30 us") != std::string::npos);
}

TEST_CASE("a page as Markdown quotes names, and whatever could be more than text") {
  CHECK(as("markdown") ==
        "## regressed: new compared with old\n"
        "\n"
        "1 of 2 benchmarks is slower; tier 0 gates (exit 1)\n"
        "\n"
        "### regressed\n"
        "\n"
        "| benchmark | tier | value | target | 99 % interval | change | threshold | launches | "
        "instr/op | run it alone | note |\n"
        "| :-- | :-- | --: | --: | --: | --: | --: | --: | --: | :-- | :-- |\n"
        "| ✗ `hooks/a_b` | 0 | 4.30 µs | < 5 µs ✓ | 4.26–4.34 | +15.2 % | 5 % | 17,000 | 0.125 | "
        "`./suite a` | p = 0.01 |\n"
        "| ? `crashed` | floor | | | | | | | | | ``?[2J?a\\|b`c?@d <e>``; fix: `run --it` |\n"
        "\n"
        "- ! ``?[2J?a|b`c?@d <e>``\n"
        "\n"
        "12 s · seed 7 · in `a_b` alone\n"
        "\n"
        "next: accept it: `pulsebench baseline approve a_b`\n");
}

TEST_CASE("a page as JSON is its document") { CHECK(as("json") == "{}\n"); }

TEST_CASE("the verdict of a page is a line of its own") {
  CHECK(verdict_line(every_cell(), Style{.width = 120}) ==
        "regressed: 1 of 2 benchmarks is slower; tier 0 gates (exit 1)\n");
  CHECK(verdict_line(every_cell(), Style{.width = 58}) ==
        "regressed: 1 of 2 benchmarks is slower; tier 0 gates\n(exit 1)\n");
}

TEST_CASE("no format lets a text steer the terminal or break its line") {
  Page page = every_cell();
  page.cases = [] {
    const std::string& text = fixtures::kHostile;
    return std::vector<Case>{{.id = text,
                              .suite = text,
                              .verdict = text,
                              .outcome = CaseOutcome::failed,
                              .message = text,
                              .source = pulsebench::SourceLine{text, 1}}};
  };
  for (const Format& format : formats()) {
    if (format.of_stacks) continue;  // written by what the page is about
    const std::string written = write(page, format, Style{.color = false}, true);
    CHECK(written.find('\x1b') == std::string::npos);
    CHECK(written.find("\u202e") == std::string::npos);
    CHECK(written.find("c\n@d") == std::string::npos);
    CHECK(written.back() == '\n');
  }
}

// Expected spans: CommonMark 0.30, section 6.1; the bar: GitHub Flavored Markdown 0.29, example
// 200.
TEST_CASE("a code span holds backticks without ending, and a bar in a table is escaped") {
  Page page;
  page.add(Note{Mark::none, Text{"a`b"}});
  page.add(Note{Mark::none, Text{"`a`"}});
  page.add(Table{.columns = {{.header = "name"}, {.header = "none"}, {.header = "value"}},
                 .groups = {{.rows = {{.cells = {Name{"b|c"}, {}, "1 ns"}}}}}});
  CHECK(write(page, *find_format("markdown"), {}) ==
        "\n"
        "- ``a`b``\n"
        "- `` `a` ``\n"
        "\n"
        "| name | value |\n"
        "| :-- | :-- |\n"
        "| `b\\|c` | 1 ns |\n");
}

TEST_CASE("Markdown leaves prose as it is, and quotes what it would read as more") {
  const auto paragraph = [](const char* text) {
    Page page;
    page.add(Paragraph{{Text{text}}});
    const std::string written = write(page, *find_format("markdown"), {});
    return written.substr(1, written.size() - 2);  // between the line breaks
  };
  for (const char* prose : {"12 s, 61 % of it (roughly)", "+7 % was flagged", "-0.3 to +0.4",
                            "4.30 µs ± 0.5 %", "tier 0's gate: 5 %"}) {
    CHECK(paragraph(prose) == prose);
  }
  for (const char* more :
       {"a_b_c", "*x*", "@user", "#12", "<b>", "&amp;", "[a](b)", "see www.x.org", "http://x.org",
        "- item", "1. item", "=====", "~x~", "$x$", "\\x"}) {
    CHECK(paragraph(more) == "`" + std::string{more} + "`");
  }
}

TEST_CASE("a document that a page has beside itself is written as it is") {
  Page page;
  page.attachments = {{"folded", [] { return std::string{"main;f 1\n"}; }}};
  CHECK(write(page, *find_format("folded"), Style{}) == "main;f 1\n");
  CHECK(write(page, *find_format("svg"), Style{}).empty());
}

TEST_CASE("a graphic is drawn in a page for a browser, with its script, and left out elsewhere") {
  Page page;
  page.add(Graphic{.svg = [] { return std::string{"<svg class=\"flame\"></svg>\n"}; },
                   .script = "draw();",
                   .script_sha256 = std::string_view{
                       "0000000000000000000000000000000000000000000000000000000000000000"}});
  const std::string html = write(page, *find_format("html"), Style{});
  CHECK(html.find("<svg class=\"flame\">") != std::string::npos);
  CHECK(html.find("<script>draw();</script>") != std::string::npos);
  CHECK(html.find("'sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='") != std::string::npos);
  for (const char* format : {"text", "markdown"}) {
    CHECK(write(page, *find_format(format), Style{}).find("flame") == std::string::npos);
  }
}
