#include "pulsebench/report/bisect_page.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "fixtures.hpp"
#include "golden.hpp"

using namespace pulsebench;
using namespace pulsebench::report;
using compare::BisectOutcome;
using compare::CommitFinding;

namespace {

compare::CommitFacts commit(char digit, const char* subject) {
  return {.hash = std::string(40, digit),
          .parents = {std::string(40, '0')},
          .author = "Ada",
          .date = "2026-01-01T12:00:00Z",
          .subject = subject};
}

compare::BisectStep step(std::size_t position, char digit, double change) {
  compare::BisectStep made{.position = position, .commit = commit(digit, "some change")};
  made.finding = change > 5.0 ? CommitFinding::slower : CommitFinding::not_slower;
  compare::Judged judged{.info = fixtures::info("budget/consume")};
  judged.verdict = change > 5.0 ? compare::Verdict::regressed : compare::Verdict::unchanged;
  judged.change = Percent{change};
  judged.change_low = Percent{change - 0.5};
  judged.change_high = Percent{change + 0.5};
  judged.threshold = Percent{5};
  made.judged = judged;
  return made;
}

compare::Bisection found() {
  compare::Bisection bisection;
  bisection.good = "v1.0";
  bisection.bad = "main";
  bisection.benchmark = "budget/consume";
  bisection.commits = 15;
  bisection.steps = {step(8, '8', 20.1), step(4, '4', 0.3), step(6, '6', 0.2), step(7, '7', 20.0)};
  bisection.steps[2].finding = CommitFinding::skipped;
  bisection.steps[2].judged.reset();
  bisection.steps[2].error = "the build of '666666666666' failed with exit code 1";
  bisection.suspects = {commit('7', "copy the table, for safety")};
  bisection.suspect_count = 1;
  bisection.builds = 5;
  bisection.outcome = BisectOutcome::found;
  return bisection;
}

std::string shown(const compare::Bisection& bisection) {
  return fixtures::as_text(bisect_page(bisection, exit_code_of(bisection)), 80);
}

}  // namespace

TEST_CASE("a search names the first slower commit, and what it tried in the order of the commits") {
  fixtures::check_golden("bisect_80.txt", shown(found()));
}

TEST_CASE("a narrowed search lists the commits that are left") {
  compare::Bisection bisection = found();
  bisection.outcome = BisectOutcome::narrowed;
  bisection.suspects.insert(bisection.suspects.begin(), commit('6', "does not build"));
  bisection.suspect_count = 30;
  fixtures::check_golden("bisect_narrowed_80.txt", shown(bisection));
}

TEST_CASE("a culprit that is a merge is looked into") {
  compare::Bisection bisection = found();
  bisection.suspects[0].parents.emplace_back(40, 'e');
  bisection.merged_from = std::string(40, 'd');
  const std::string text = shown(bisection);
  CHECK(text.find("next: look into the merged branch") != std::string::npos);
  CHECK(text.find("pulsebench bisect dddddddddddd eeeeeeeeeeee --filter 'budget/consume'\n") !=
        std::string::npos);
}

TEST_CASE("every end of a search has words and an exit code") {
  struct End {
    BisectOutcome outcome;
    int exit_code;
    const char* words;
  };
  for (const auto& [outcome, exit_code, words] :
       {End{BisectOutcome::found, 0, "is the first commit"},
        End{BisectOutcome::narrowed, 5, "one of 1"},
        End{BisectOutcome::not_slower, 2, "main is not slower than v1.0 beyond 5 %"},
        End{BisectOutcome::inconclusive, 5, "stayed open"},
        End{BisectOutcome::not_measured, 3, "main cannot be measured"},
        End{BisectOutcome::interrupted, 130, "1 commits are left"}}) {
    compare::Bisection bisection = found();
    bisection.outcome = outcome;
    bisection.interrupted_by = 2;
    CHECK(exit_code_of(bisection) == exit_code);
    CHECK(shown(bisection).find(words) != std::string::npos);
  }
}

TEST_CASE("the document of a search has each step, and null for what was skipped") {
  const compare::Bisection bisection = found();
  const auto json = nlohmann::json::parse(bisect_page(bisection, 0).json());
  CHECK(json["schema"] == "pulsebench-bisect");
  CHECK(json["outcome"] == "found");
  CHECK(json["suspects"][0]["subject"] == "copy the table, for safety");
  CHECK(json["steps"].size() == 4);
  CHECK(json["steps"][0]["change_percent"] == doctest::Approx(20.1));
  CHECK(json["steps"][2]["finding"] == "skipped");
  CHECK(json["steps"][2]["change_percent"].is_null());
  CHECK(json["builds"] == 5);
}
