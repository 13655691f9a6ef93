#include "pulsebench/report/comparison_page.hpp"

#include <doctest/doctest.h>

#include <string>

#include "fixtures.hpp"
#include "golden.hpp"

using namespace pulsebench;
using namespace pulsebench::report;
using fixtures::as_markdown;
using fixtures::as_text;

namespace {

ComparisonPageOptions options(int exit_code = 1) {
  ComparisonPageOptions made;
  made.exit_code = exit_code;
  made.next.command = "pulsebench ab main HEAD";
  return made;
}

}  // namespace

TEST_CASE("a comparison says its verdict first, then what changed, worst first") {
  const auto comparison = fixtures::mixed_comparison();
  fixtures::check_golden("comparison_80.txt", as_text(comparison_page(comparison, options()), 80));
  fixtures::check_golden("comparison_120.txt",
                         as_text(comparison_page(comparison, options()), 120));
}

TEST_CASE("--only-changed leaves the rest to one line") {
  auto only = options();
  only.rows = Rows::only_changed;
  fixtures::check_golden("comparison_only_changed_80.txt",
                         as_text(comparison_page(fixtures::mixed_comparison(), only), 80));
}

TEST_CASE("--all shows the unchanged ones too") {
  auto all = options();
  all.rows = Rows::all;
  fixtures::check_golden("comparison_all_80.txt",
                         as_text(comparison_page(fixtures::mixed_comparison(), all), 80));
}

TEST_CASE("without a change a comparison is three lines") {
  const auto comparison =
      fixtures::comparison({fixtures::judged("a", compare::Verdict::unchanged, 1.0, 1.0, -8.0),
                            fixtures::judged("b", compare::Verdict::unchanged, 1.0, 1.0, -8.0)});
  CHECK(as_text(comparison_page(comparison, ComparisonPageOptions{})) ==
        "unchanged: 2 of 2 benchmarks are within their threshold (exit 0)\n"
        "\n"
        "2 unchanged (--all shows them)\n");
}

TEST_CASE("the seed of a live comparison is a quiet line at the end, and no warning") {
  auto comparison =
      fixtures::comparison({fixtures::judged("a", compare::Verdict::unchanged, 1.0, 1.0, -8.0)});
  comparison.seed = 4711;
  CHECK(as_text(comparison_page(comparison, ComparisonPageOptions{})) ==
        "unchanged: 1 of 1 benchmark is within its threshold (exit 0)\n"
        "\n"
        "1 unchanged (--all shows them)\n"
        "seed 4711\n");
}

TEST_CASE("a corrected clock is said") {
  auto comparison = fixtures::mixed_comparison();
  comparison.normalised = true;
  comparison.reference_shift_percent = 2.4;
  const auto text = as_text(comparison_page(comparison, options()));
  CHECK(text.find("moved by +2.4 %") != std::string::npos);
}

TEST_CASE("a comparison in ASCII has no other letter, and without colour no escape") {
  const auto text = as_text(comparison_page(fixtures::mixed_comparison(), options()),
                            render::Style{.color = false, .unicode = false, .width = 80});
  for (const char c : text) {
    REQUIRE(static_cast<unsigned char>(c) < 0x80);
    REQUIRE(c != '\x1b');
  }
}

TEST_CASE("names and reasons of others cannot steer the terminal") {
  auto comparison = fixtures::mixed_comparison();
  comparison.base_name = "\x1b[2J";
  comparison.warnings = {fixtures::said("\x1b[2J")};
  comparison.benchmarks[2].reasons = {fixtures::said("\x1b[2J")};
  CHECK(as_text(comparison_page(comparison, options())).find('\x1b') == std::string::npos);
}

TEST_CASE("names too long for a header are told in a line of their own") {
  auto comparison = fixtures::comparison(
      {fixtures::judged("budget/consume", compare::Verdict::regressed, 0.861, 0.990, 17.3)});
  comparison.base_name = "nightly/2026-01-01";
  comparison.candidate_name = "nightly/2026-01-02";
  CHECK(as_text(comparison_page(comparison, ComparisonPageOptions{.exit_code = 1}), 80) ==
        "regressed: 1 of 1 benchmark is slower beyond its threshold; tier 0 gates\n"
        "(exit 1)\n"
        "\n"
        "old: nightly/2026-01-01 · new: nightly/2026-01-02\n"
        "\n"
        "benchmark         tier       old       new   change  ± %  threshold\n"
        "regressed\n"
        "✗ budget/consume  0     0.861 ns  0.990 ns  +15.0 %  0.9        5 %\n"
        "  p < 0.0001, family of 6\n"
        "\n"
        "±: half the 99 % interval\n");
}

TEST_CASE("--explain adds z, the launches paired and the throughput") {
  auto comparison = fixtures::mixed_comparison();
  comparison.benchmarks[2].base_processed.bytes = 64.0;
  comparison.benchmarks[2].candidate_processed.bytes = 64.0;
  fixtures::check_golden("comparison_explained_80.txt",
                         as_text(comparison_page(comparison, options()), 80, true));
}

TEST_CASE("a comparison as Markdown") {
  fixtures::check_golden("comparison.md",
                         as_markdown(comparison_page(fixtures::mixed_comparison(), options())));
}

TEST_CASE("what a file says cannot mention, link or put HTML into a pull request") {
  auto comparison = fixtures::mixed_comparison();
  comparison.warnings = {fixtures::said("@someone <img src=x> [a](b)")};
  const std::string page = as_markdown(comparison_page(comparison, options()));
  CHECK(page.find("- ! `@someone <img src=x> [a](b)`\n") != std::string::npos);
}
