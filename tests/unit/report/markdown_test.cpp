#include "pulsebench/render/markdown.hpp"

#include <doctest/doctest.h>

#include "fixtures.hpp"
#include "golden.hpp"
#include "pulsebench/report/comparison_table.hpp"
#include "pulsebench/report/dashboard.hpp"

using namespace pulsebench;
using namespace pulsebench::render;
using namespace pulsebench::report;

// Expected spans: CommonMark 0.30, section 6.1; the bar: GitHub Flavored Markdown 0.29, example
// 200.
TEST_CASE("a code span holds backticks without ending") {
  CHECK(code("budget/consume") == "`budget/consume`");
  CHECK(code("a`b") == "``a`b``");
  CHECK(code("`a`") == "`` `a` ``");
  CHECK(code("a|b") == "`a|b`");
  CHECK(code("a\nb\x1b[2J") == "`a?b?[2J`");
  CHECK(code("") == "");
}

// The bar: GitHub Flavored Markdown 0.29, example 200.
TEST_CASE("a Markdown table leaves out columns without a cell and escapes bars") {
  const std::vector<Column> columns{
      {.header = "name"}, {.header = "none"}, {.header = "value", .align = Align::right}};
  CHECK(markdown_table(columns, {{"`a`", "", "1 ns"}, {"`b|c`", "", ""}}) ==
        "| name | value |\n"
        "| :-- | --: |\n"
        "| `a` | 1 ns |\n"
        "| `b\\|c` | |\n");
}

TEST_CASE("the dashboard as Markdown") {
  auto options = fixtures::options();
  options.saved_as = "main";
  options.next_command = "pulsebench run --save pr-123 && pulsebench compare main pr-123";
  fixtures::check_golden("dashboard.md", dashboard_markdown(fixtures::troubled_run(), options));
}

TEST_CASE("what stands beside the values is in the Markdown as it is drawn") {
  auto document = fixtures::tier_0_run();
  CHECK(dashboard_markdown(document, {}).find("```") == std::string::npos);
  document.benchmarks[0].processed.bytes = 100.0;
  const std::string page = dashboard_markdown(document, {});
  const auto begin = page.find("\n```text\n");
  REQUIRE(begin != std::string::npos);
  const auto end = page.find("\n```\n", begin + 1);
  REQUIRE(end != std::string::npos);
  CHECK(page.substr(begin, end - begin).find("GiB/s") != std::string::npos);
}

TEST_CASE("a comparison as Markdown") {
  ComparisonOptions options;
  options.exit_code = 1;
  options.next_command = "pulsebench ab main HEAD";
  fixtures::check_golden("comparison.md",
                         comparison_markdown(fixtures::mixed_comparison(), options));
}

TEST_CASE("what a file says cannot mention, link or put HTML into a pull request") {
  auto comparison = fixtures::mixed_comparison();
  comparison.warnings = {fixtures::said("@someone <img src=x> [a](b)")};
  const std::string page = comparison_markdown(comparison, ComparisonOptions{});
  CHECK(page.find("- ! `@someone <img src=x> [a](b)`\n") != std::string::npos);
}
