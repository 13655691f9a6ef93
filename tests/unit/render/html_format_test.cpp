#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "every_cell.hpp"
#include "pulsebench/render/formats.hpp"
#include "pulsebench/render/html_page.hpp"
#include "pulsebench/render/svg.hpp"

using namespace pulsebench;
using namespace pulsebench::render;

namespace {

const std::string kNasty = "<script>x</script>\" onload='x' &amp; -->]]>" + fixtures::kHostile;

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

Evidence evidence_with(std::size_t launches) {
  LaunchesOfSide side{.cost = Cost{1.5}, .range = {{Cost{1.4}, Cost{1.6}}}};
  for (std::size_t i = 0; i < launches; ++i) side.ns.push_back(1.0 + 0.01 * static_cast<double>(i));
  return {.charts = {LaunchStrip{.sides = {side, side}}}, .facts = {{"seen", kNasty}}};
}

/// A page in which every text that can come from elsewhere is hostile.
Page nasty_page() {
  Page page{.title = Text{kNasty},
            .headline = {.verdict = kNasty, .tone = Tone::bad, .clauses = {kNasty}, .exit_code = 1},
            .next = {kNasty, kNasty}};
  page.add(Table{.heading = kNasty,
                 .columns = {{.header = kNasty}, {.header = "b"}, {.header = "c"}},
                 .groups = {{.title = kNasty,
                             .rows = {{.cells = {Name{kNasty}, Link{kNasty, kNasty}, Text{kNasty}},
                                       .note = kNasty,
                                       .command = kNasty,
                                       .evidence = [] { return evidence_with(3); }},
                                      {.cells = {Name{kNasty}}, .note = kNasty},
                                      {.cells = {Name{kNasty}, Command{kNasty}}}}}},
                 .groups_are = kNasty,
                 .legend = {{.text = kNasty}}});
  page.add(Note{Mark::attention, kNasty});
  page.add(Note{Mark::absent, kNasty});
  page.add(Paragraph{{kNasty, Text{}.add_verbatim(kNasty)}});
  return page;
}

/// The names of all elements that begin, in order; fails where they do not nest.
std::vector<std::string> elements_of(const std::string& html) {
  constexpr std::array kVoid{"!doctype", "meta", "input", "link", "path", "use"};
  std::vector<std::string> open, all;
  for (std::size_t at = html.find('<'); at != std::string::npos; at = html.find('<', at + 1)) {
    const bool ends = html[at + 1] == '/';
    const std::size_t begin = at + (ends ? 2 : 1);
    const std::string name = html.substr(begin, html.find_first_of(" >/", begin) - begin);
    if (ends) {
      REQUIRE(!open.empty());
      CHECK(open.back() == name);
      open.pop_back();
      continue;
    }
    all.push_back(name);
    if (std::ranges::find(kVoid, name) == kVoid.end()) open.push_back(name);
    if (name == "style" || name == "script") at = html.find("</" + name, at) - 1;
  }
  CHECK(open.empty());
  return all;
}

Page page_of(std::size_t rows, std::size_t launches) {
  Page page{.headline = {.verdict = "unchanged", .tone = Tone::good}};
  Table table{.columns = {{.header = "benchmark"}},
              .groups = {{.title = "regressed"}, {.title = "unchanged"}}};
  for (std::size_t i = 0; i < rows; ++i) {
    table.groups[i == 0 ? 0 : 1].rows.push_back(
        {.cells = {Name{"group/benchmark_" + std::to_string(i)}},
         .evidence = [launches] { return evidence_with(launches); }});
  }
  page.add(table);
  return page;
}

}  // namespace

TEST_CASE("a page as HTML begins with its verdict, and names the exit code and the next command") {
  const std::string html = html_page(fixtures::every_cell());
  CHECK(html.find("<title>regressed: new compared with old</title>") != std::string::npos);
  CHECK(html.find("<h1>✗ regressed: 1 of 2 benchmarks is slower; tier 0 gates "
                  "<small>(exit 1)</small></h1>") != std::string::npos);
  CHECK(html.find("<p>next: accept it: <code>pulsebench baseline approve a_b</code></p>") !=
        std::string::npos);
  CHECK(html.find("<h1>") < html.find("<table"));
  CHECK(html.back() == '\n');
}

TEST_CASE("nothing in a page as HTML is loaded, and only what a hash names runs") {
  const std::string html = html_page(fixtures::every_cell());
  CHECK(html.find("default-src 'none'; style-src 'sha256-") != std::string::npos);
  CHECK(html.find("script-src 'sha256-") != std::string::npos);
  for (const char* loads : {"http:", "https:", " src=", "<link", "@import", "url(", "style=\""}) {
    CHECK_MESSAGE(html.find(loads) == std::string::npos, loads);
  }
}

TEST_CASE("a hostile text is no element, no attribute and no control character of the page") {
  const std::string html = html_page(nasty_page());
  const std::vector<std::string> elements = elements_of(html);
  CHECK(std::ranges::count(elements, "script") == 1);
  CHECK(std::ranges::count(elements, "e") == 0);
  CHECK(html.find(" onload='") == std::string::npos);
  CHECK(html.find('\x1b') == std::string::npos);
  CHECK(html.find("\u202e") == std::string::npos);
  CHECK(count_of(html, "&lt;script&gt;x&lt;/script&gt;&quot; onload=&#39;x&#39;") > 10);
}

TEST_CASE("a warning stands before the tables, another note where the page has it") {
  const std::string html = html_page(fixtures::every_cell(), {});
  Page page = fixtures::every_cell();
  page.add(Note{Mark::absent, "at the end"});
  page.add(Note{Mark::attention, "to be known first"});
  const std::string written = html_page(page);
  CHECK(written.find("to be known first") < written.find("<table"));
  CHECK(written.find("at the end") > written.find("</table>"));
}

TEST_CASE("every launch is one mark, and beyond the most that are drawn the caption says so") {
  // Two sides of as many; the mark of a launch is the one path part without extent.
  CHECK(count_of(html_page(page_of(1, 20)), "h0") == 40);
  const std::string many = html_page(page_of(1, 1000));
  CHECK(count_of(many, "h0") == 800);
  CHECK(many.find("(400 of 1000 drawn)") != std::string::npos);
}

TEST_CASE("a page never grows beyond its bound, and says what it leaves out") {
  const std::string html = html_page(page_of(10'000, 20));
  CHECK(html.size() <= 300'000);
  elements_of(html);
  CHECK(html.find("regressed (1)") != std::string::npos);
  CHECK(html.find("left out, to keep this page small: ") != std::string::npos);
  CHECK(html.find("figures of ") != std::string::npos);
  const auto shown = count_of(html, "<tbody");
  CHECK(html.find(std::to_string(10'000 - shown).insert(1, ",") + " unchanged") !=
        std::string::npos);
}

TEST_CASE("a page of notes without end is bounded too") {
  Page page{.headline = {.verdict = "failed"}};
  const std::string long_text(1900, 'x');
  for (int i = 0; i < 5'000; ++i) page.add(Note{Mark::missed, long_text});
  for (int i = 0; i < 5'000; ++i) page.add(Paragraph{{Text{long_text}}});
  const std::string html = html_page(page);
  CHECK(html.size() <= 300'000);
  CHECK(html.find(" more</li>") != std::string::npos);
}

TEST_CASE("what a row rests on is for a browser alone") {
  Page with = page_of(2, 20), without = page_of(2, 20);
  for (auto& group : std::get<Table>(without.blocks[0]).groups) {
    for (Row& row : group.rows) row.evidence = {};
  }
  for (const char* format : {"text", "markdown", "github"}) {
    CHECK(write(with, *find_format(format), {}) == write(without, *find_format(format), {}));
  }
}

TEST_CASE("the pages of a site share one style and one script beside them") {
  const std::string html = html_page(page_of(1, 3), {.assets = "../", .home = "../index.html"});
  CHECK(html.find("<link rel=\"stylesheet\" href=\"../page.css\">") != std::string::npos);
  CHECK(html.find("<script src=\"../page.js\" defer></script>") != std::string::npos);
  CHECK(html.find("<a href=\"../index.html\">all results</a>") != std::string::npos);
  CHECK(html.find("<style>") == std::string::npos);
}

// Expected steps: 1, 2 or 5 times a power of ten.
TEST_CASE("the ticks of an axis are round, and as many decimals as tell them apart") {
  const Ticks cost = ticks_between(0.78, 0.95, 4);
  CHECK(cost.decimals == 2);
  REQUIRE(cost.values.size() == 4);
  CHECK(cost.label(cost.values.front()) == "0.80");
  CHECK(cost.label(cost.values.back()) == "0.95");
  const Ticks percent = ticks_between(-3.0, 17.0, 4);
  CHECK(percent.decimals == 0);
  CHECK(percent.values == std::vector<double>{0.0, 5.0, 10.0, 15.0});
  CHECK(ticks_between(1.0, 1.0, 4).values.empty());
}

TEST_CASE("a scale without width has its value in the middle, and values beyond it at its ends") {
  const Scale flat{2.0, 2.0, 0, 100};
  CHECK(flat(2.0) == 50);
  const Scale scale{0.0, 10.0, 100, 0};
  CHECK(scale(0.0) == 100);
  CHECK(scale(2.5) == 75);
  CHECK(scale(99.0) == 0);
  CHECK_FALSE(scale.holds(99.0));
}
