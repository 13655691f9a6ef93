#include "pulsebench/report/cases.hpp"

#include <doctest/doctest.h>

#include <map>
#include <string>

#include "fixtures.hpp"
#include "golden.hpp"
#include "pulsebench/report/comparison_page.hpp"

using namespace pulsebench;
using namespace pulsebench::report;
using render::CaseOutcome;

namespace {

std::map<std::string, render::Case> by_id(const std::vector<render::Case>& cases) {
  std::map<std::string, render::Case> found;
  for (const render::Case& one : cases) found.emplace(one.id, one);
  return found;
}

}  // namespace

TEST_CASE("a benchmark of a comparison fails as the exit code does") {
  auto comparison = fixtures::mixed_comparison();
  comparison.benchmarks[5].gates = true;
  const auto cases = by_id(cases_of(comparison));
  REQUIRE(cases.size() == 8);
  CHECK(cases.at("budget/consume").outcome == CaseOutcome::failed);
  CHECK(cases.at("budget/consume").suite == "tier 0");
  CHECK(cases.at("tier_manager/record_poll_time").outcome == CaseOutcome::passed);
  CHECK(cases.at("tier_manager/record_poll_time").attention);
  CHECK(cases.at("metrics/increment_counter").outcome == CaseOutcome::passed);
  CHECK(!cases.at("metrics/increment_counter").attention);
  CHECK(cases.at("tier_check/get_tier").outcome == CaseOutcome::undecided);
  CHECK(cases.at("tier_check/get_tier").attention);
  CHECK(cases.at("hooks/new_one").outcome == CaseOutcome::undecided);
  CHECK(!cases.at("hooks/new_one").attention);
  CHECK(cases.at("hooks/crashy").outcome == CaseOutcome::broken);
  CHECK(cases.at("hooks/has_hooks").message.find("p =") == std::string::npos);
}

TEST_CASE("an approved regression passes, and a missing benchmark that gates fails") {
  auto comparison = fixtures::mixed_comparison();
  comparison.benchmarks[2].approved = {{"worth it", "A. N.", "2026-01-31", "", Percent{20.0}}};
  comparison.benchmarks[6].missing = true;
  auto cases = by_id(cases_of(comparison));
  CHECK(cases.at("budget/consume").outcome == CaseOutcome::passed);
  CHECK(cases.at("budget/consume").verdict == "regressed, approved");
  CHECK(cases.at("hooks/new_one").outcome == CaseOutcome::failed);
  CHECK(cases.at("hooks/new_one").verdict == "missing");
  comparison.missing_allowed = true;
  cases = by_id(cases_of(comparison));
  CHECK(cases.at("hooks/new_one").outcome == CaseOutcome::undecided);
}

TEST_CASE("a case says how much, its interval and its threshold") {
  auto comparison = fixtures::mixed_comparison();
  auto& judged = comparison.benchmarks[2];
  judged.info.source = SourceLine{"suites/budget.cpp", 25};
  const auto cases = by_id(cases_of(comparison));
  const render::Case& regressed = cases.at("budget/consume");
  CHECK(regressed.message ==
        "0.861 ns → 0.990 ns, +15.0 % (99 % interval +14.4 to +15.9 %), threshold 5 %; "
        "p < 0.0001, family of 6");
  CHECK(regressed.source == SourceLine{"suites/budget.cpp", 25});
  // Half of 1.5 % of 0.99 ns.
  CHECK(regressed.uncertainty.value == doctest::Approx(0.007425));
  REQUIRE(regressed.figures.size() == 9);
  CHECK(std::string{regressed.figures[2].key} == "change_percent");
  CHECK(*regressed.figures[2].value == doctest::Approx(14.98258));
  CHECK(!cases.at("hooks/new_one").figures[2].value);
}

TEST_CASE("of a run what crashed is broken, and a missed target fails where it is enforced") {
  const auto document = fixtures::troubled_run();
  auto cases = by_id(cases_of(document, false));
  CHECK(cases.at("hooks/crashy").outcome == CaseOutcome::broken);
  CHECK(cases.at("hooks/crashy").verdict == "crashed");
  CHECK(cases.at("floors/rdtsc").suite == "floors");
  const render::Case& missed = cases.at("tier_manager/record_poll_time");  // 101.2 of < 100 ns
  CHECK(missed.verdict == "target missed");
  CHECK(missed.message == "101 ns, target < 100 ns");
  CHECK((missed.outcome == CaseOutcome::passed && missed.attention));
  cases = by_id(cases_of(document, true));
  CHECK(cases.at("tier_manager/record_poll_time").outcome == CaseOutcome::failed);
  CHECK(cases.at("budget/consume").outcome == CaseOutcome::passed);
}

TEST_CASE("a summary of 10,000 benchmarks has what regressed first, and fits") {
  std::vector<compare::Judged> all;
  for (int i = 0; i < 10'000; ++i) {
    const bool last = i == 9'999;
    all.push_back(fixtures::judged("some/longer/name/of/a/benchmark/" + std::to_string(i),
                                   last ? compare::Verdict::regressed : compare::Verdict::unchanged,
                                   1.0, last ? 1.2 : 1.0, last ? 9.0 : -9.0));
  }
  const auto comparison = fixtures::comparison(std::move(all));
  const auto page = comparison_page(comparison, {.rows = Rows::all, .exit_code = 1});
  const std::string text = render::write(page, *render::find_format("github-summary"), {});
  CHECK(text.size() <= 900 * 1024);
  CHECK(text.find("benchmark/9999`") < 1000);
  CHECK(text.find("left out for length: ") != std::string::npos);
}
