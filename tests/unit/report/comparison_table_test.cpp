#include "pulsebench/report/comparison_table.hpp"

#include <doctest/doctest.h>

#include <string>

#include "fixtures.hpp"
#include "golden.hpp"

using namespace pulsebench;
using namespace pulsebench::report;

namespace {

ComparisonOptions options(int exit_code = 1) {
  ComparisonOptions made;
  made.exit_code = exit_code;
  made.next_command = "pulsebench ab main HEAD";
  return made;
}

}  // namespace

TEST_CASE("a comparison says its verdict first, then what changed, worst first") {
  const auto comparison = fixtures::mixed_comparison();
  fixtures::check_golden("comparison_80.txt",
                         comparison_table(comparison, options(), render::Style{.width = 80}));
  fixtures::check_golden("comparison_120.txt",
                         comparison_table(comparison, options(), render::Style{.width = 120}));
}

TEST_CASE("--only-changed leaves the rest to one line") {
  auto only = options();
  only.rows = Rows::only_changed;
  fixtures::check_golden(
      "comparison_only_changed_80.txt",
      comparison_table(fixtures::mixed_comparison(), only, render::Style{.width = 80}));
}

TEST_CASE("--all shows the unchanged ones too") {
  auto all = options();
  all.rows = Rows::all;
  fixtures::check_golden(
      "comparison_all_80.txt",
      comparison_table(fixtures::mixed_comparison(), all, render::Style{.width = 80}));
}

TEST_CASE("without a change a comparison is three lines") {
  const auto comparison =
      fixtures::comparison({fixtures::judged("a", compare::Verdict::unchanged, 1.0, 1.0, -8.0),
                            fixtures::judged("b", compare::Verdict::unchanged, 1.0, 1.0, -8.0)});
  CHECK(comparison_table(comparison, ComparisonOptions{}, render::Style{}) ==
        "unchanged: 2 of 2 benchmarks within their threshold (exit 0)\n"
        "\n"
        "2 unchanged (--all shows them)\n");
}

TEST_CASE("the seed of a live comparison is a quiet line at the end, and no warning") {
  auto comparison =
      fixtures::comparison({fixtures::judged("a", compare::Verdict::unchanged, 1.0, 1.0, -8.0)});
  comparison.seed = 4711;
  CHECK(comparison_table(comparison, ComparisonOptions{}, render::Style{}) ==
        "unchanged: 1 of 1 benchmark within its threshold (exit 0)\n"
        "\n"
        "1 unchanged (--all shows them)\n"
        "\n"
        "seed 4711\n");
  CHECK(comparison_markdown(comparison, ComparisonOptions{}).find("- seed 4711\n") !=
        std::string::npos);
}

TEST_CASE("a corrected clock is said") {
  auto comparison = fixtures::mixed_comparison();
  comparison.normalised = true;
  comparison.reference_shift_percent = 2.4;
  const auto text = comparison_table(comparison, options(), render::Style{});
  CHECK(text.find("moved by +2.4 %") != std::string::npos);
}

TEST_CASE("a comparison in ASCII has no other letter, and without colour no escape") {
  const auto text = comparison_table(fixtures::mixed_comparison(), options(),
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
  CHECK(comparison_table(comparison, options(), render::Style{}).find('\x1b') == std::string::npos);
}

TEST_CASE("names too long for a header are told in a line of their own") {
  auto comparison = fixtures::comparison(
      {fixtures::judged("budget/consume", compare::Verdict::regressed, 0.861, 0.990, 17.3)});
  comparison.base_name = "nightly/2026-01-01";
  comparison.candidate_name = "nightly/2026-01-02";
  CHECK(
      comparison_table(comparison, ComparisonOptions{.exit_code = 1}, render::Style{.width = 80}) ==
      "regressed: 1 of 1 benchmark is slower beyond its threshold; tier 0 gates\n"
      "(exit 1)\n"
      "\n"
      "old: nightly/2026-01-01, new: nightly/2026-01-02\n"
      "\n"
      "                  tier       old        new   change  ± %  threshold\n"
      "regressed\n"
      "✗ budget/consume  0     0.861 ns → 0.990 ns  +15.0 %  0.9        5 %\n"
      "  p < 0.0001, family of 6; z 17.3; 20 launches paired\n");
}
