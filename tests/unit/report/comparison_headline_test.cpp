#include "pulsebench/report/comparison_parts.hpp"

#include <doctest/doctest.h>

#include "fixtures.hpp"

using namespace pulsebench;
using namespace pulsebench::report;
using compare::Verdict;
using fixtures::comparison;
using fixtures::judged;

TEST_CASE("the headline says how many, and whether it gates") {
  CHECK(headline(comparison({judged("a", Verdict::regressed, 1, 2, 9),
                             judged("b", Verdict::unchanged, 1, 1, -9)})) ==
        "1 of 2 benchmarks is slower beyond its threshold; tier 0 gates");
  CHECK(headline(comparison({judged("a", Verdict::regressed, 1, 2, 9, Tier::fast),
                             judged("b", Verdict::regressed, 1, 2, 9, Tier::fast)})) ==
        "2 of 2 benchmarks are slower beyond their threshold; tier 1 does not gate");
  auto both = comparison({judged("a", Verdict::regressed, 1, 2, 9),
                          judged("b", Verdict::regressed, 1, 2, 9, Tier::fast)});
  both.benchmarks[1].gates = true;
  CHECK(headline(both) ==
        "2 of 2 benchmarks are slower beyond their threshold; tiers 0 and 1 gate");
  CHECK(headline(comparison({judged("a", Verdict::regressed, 1, 2, 9, Tier::fast),
                             judged("b", Verdict::regressed, 1, 2, 9, Tier::system)})) ==
        "2 of 2 benchmarks are slower beyond their threshold; tiers 1 and 3 do not gate");
}

TEST_CASE("no tier is named where the benchmarks declare none") {
  auto slower = judged("a", Verdict::regressed, 1, 2, 9);
  slower.info.tier_declared = false;
  CHECK(headline(comparison({slower})) ==
        "1 of 1 benchmark is slower beyond its threshold; it gates");
  CHECK(headline(comparison({slower, slower})) ==
        "2 of 2 benchmarks are slower beyond their threshold; they gate");
  CHECK(headline(comparison({slower, judged("b", Verdict::regressed, 1, 2, 9)})) ==
        "2 of 2 benchmarks are slower beyond their threshold; tier 0 and those without one gate");
  slower.gates = false;
  CHECK(headline(comparison({slower})) ==
        "1 of 1 benchmark is slower beyond its threshold; it does not gate");
}

TEST_CASE("a floor that moved is not laid to a tier") {
  auto floor = judged("floors/rdtsc", Verdict::regressed, 1, 2, 9);
  floor.info.role = Role::floor;
  floor.gates = false;
  CHECK(headline(comparison({floor})) ==
        "1 of 1 benchmark is slower beyond its threshold; floors do not gate");
}

TEST_CASE("a missing benchmark is in the headline, and is the verdict where it gates") {
  auto gone = fixtures::unjudged("gone", 1.0, {}, "missing from the new result");
  gone.missing = true;
  gone.gates = true;
  const auto unchanged = judged("b", Verdict::unchanged, 1, 1, -9);
  auto both = comparison({unchanged, gone});
  CHECK(headline(both) == "1 of 2 benchmarks is missing from pr-123; tier 0 gates");
  both.missing_allowed = true;
  CHECK(headline(both) == "1 of 2 benchmarks is within its threshold; 1 missing from pr-123");
  const auto slower = comparison({judged("a", Verdict::regressed, 1, 2, 9), gone});
  CHECK(headline(slower) ==
        "1 of 2 benchmarks is slower beyond its threshold; tier 0 gates; 1 missing from pr-123");
}

TEST_CASE("the headline says how the working tree was built") {
  auto made = comparison({judged("a", Verdict::unchanged, 1, 1, -9)});
  made.candidate_name = compare::kWorkingTree;
  CHECK(headline(made) ==
        "1 of 1 benchmark is within its threshold; the working tree was built in a copy");
}

TEST_CASE("the headline of every other verdict") {
  auto failed = fixtures::unjudged("a", 1.0, {}, "crashed");
  failed.failed = true;
  CHECK(headline(comparison({failed})) ==
        "1 of 1 benchmark is not measured in pr-123; the others did not regress");
  CHECK(headline(comparison({judged("a", Verdict::inconclusive, 1, 1.05, 0)})) ==
        "1 of 1 benchmark is neither slower nor unchanged with confidence; nothing regressed");
  auto faster = judged("a", Verdict::improved, 1, 0.5, -90);
  CHECK(headline(comparison({faster})) ==
        "1 of 1 benchmark is faster beyond its threshold in the stored results alone; nothing "
        "regressed");
  faster.live.emplace().blocks = 17;
  CHECK(headline(comparison({faster})) ==
        "1 of 1 benchmark is faster beyond its threshold; nothing regressed");
  CHECK(headline(comparison({fixtures::unjudged("a", 1.0, {}, "only in main")})) ==
        "none of 1 benchmark could be judged");
  CHECK(headline(comparison({})) == "neither result has a benchmark");
}

TEST_CASE("an approved regression is no regression of the run, and is said") {
  auto approved = judged("a", Verdict::regressed, 1, 1.2, 9);
  approved.approved = compare::Approved{"worth it", "A. N.", "2026-01-31", "", Percent{25}};
  const auto unchanged = judged("b", Verdict::unchanged, 1, 1, -9);
  CHECK(headline(comparison({approved, unchanged})) ==
        "1 of 2 benchmarks is slower beyond its threshold, and approved; nothing else regressed");
  const auto other = judged("c", Verdict::regressed, 1, 1.2, 9);
  CHECK(headline(comparison({approved, other})) ==
        "1 of 2 benchmarks is slower beyond its threshold; tier 0 gates");
  const auto doubtful = judged("c", Verdict::inconclusive, 1, 1.05, 0);
  CHECK(headline(comparison({approved, doubtful})) ==
        "1 of 2 benchmarks is neither slower nor unchanged with confidence; what regressed is "
        "approved");
}
