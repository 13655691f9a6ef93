#include "pulsebench/compare/comparison.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "compared.hpp"
#include "pulsebench/compare/exit_code.hpp"

using namespace pulsebench;
using namespace pulsebench::compare;

TEST_CASE("a missing benchmark of a tier that gates fails the run, unless that is allowed") {
  const auto both = result_of("both", near(10));
  auto gone = result_of("gone", near(10));
  CHECK(compared(document_of({gone, both}), document_of({both})).misses_gating());
  CHECK_FALSE(compared(document_of({both}), document_of({gone, both})).misses_gating());
  gone.info.tier = Tier::fast;
  CHECK_FALSE(compared(document_of({gone, both}), document_of({both})).misses_gating());
  gone.info.tier = Tier::critical;
  gone.info.role = Role::floor;
  CHECK_FALSE(compared(document_of({gone, both}), document_of({both})).misses_gating());
  gone.info.role = Role::operation;
  Comparison allowed = compared(document_of({gone, both}), document_of({both}));
  allowed.missing_allowed = true;
  CHECK_FALSE(allowed.misses_gating());
}

TEST_CASE("what the new side alone skips, or never reached, is lost and fails") {
  const auto good = result_of("a", near(10));
  for (const Status status : {Status::skipped, Status::not_measured}) {
    auto lost = good;
    lost.outcome = {status, "no device"};
    CHECK(compared_one(good, lost).failed);
    CHECK_FALSE(compared_one(lost, good).failed);
    CHECK_FALSE(compared_one(lost, lost).failed);
  }
}

TEST_CASE("what both sides skip is listed as skipped, with its reason") {
  auto skipped = result_of("a", near(10));
  skipped.outcome = {Status::skipped, "no device"};
  const Judged both = compared_one(skipped, skipped);
  CHECK(both.skipped());
  REQUIRE(both.reasons.size() == 1);
  CHECK(both.reasons[0].texts == std::vector<std::string>{"no device"});
  CHECK_FALSE(compared_one(skipped, result_of("a", near(10))).skipped());
}

TEST_CASE("two results without a benchmark in common judge nothing") {
  const auto one = document_of({result_of("one", near(10))});
  CHECK(compared(one, document_of({result_of("other", near(10))})).judged_nothing());
  CHECK(compared(document_of({}), document_of({})).judged_nothing());
  CHECK_FALSE(compared(one, one).judged_nothing());
}

TEST_CASE("repetitions of another length are another cost: no verdict by time") {
  auto base = result_of("a", near(10));
  auto candidate = result_of("a", near(15));
  base.batching.min_time = candidate.batching.min_time = 0.0003;
  CHECK(compared_one(base, candidate).verdict == Verdict::regressed);
  candidate.batching.min_time = 0.03;
  const Judged judged = compared_one(base, candidate);
  CHECK(judged.verdict == Verdict::inconclusive);
  CHECK(judged.reasons[0] == Reason{.code = ReasonCode::other_min_time, .numbers = {0.0003, 0.03}});
  base.batching.min_time = 0.0;  // measured by 0.2.0, which did not store it
  CHECK(compared_one(base, candidate).verdict == Verdict::regressed);
}

// 15 ns after 10 ns: +50 %, which no rule judges.
TEST_CASE("an imported side is shown with the change, never judged, and never gates") {
  for (const bool old_side : {true, false}) {
    auto base = document_of({result_of("a", near(10)), result_of("gone", near(10))});
    auto candidate = document_of({result_of("a", near(15))});
    base.benchmarks[0].value = Cost{10.0};
    candidate.benchmarks[0].value = Cost{15.0};
    (old_side ? base : candidate).imported_from = {.format = "go", .tool = "go test"};
    const Comparison comparison = compared(base, candidate);
    CHECK(comparison.imported());
    const Judged& judged = comparison.benchmarks[0];
    CHECK(judged.verdict == Verdict::not_judged);
    CHECK(judged.shown_only());
    CHECK(judged.change.value == doctest::Approx(50.0));
    CHECK_FALSE(judged.gates);
    CHECK(verdict_of(comparison) == RunVerdict::not_judged);
    CHECK(exit_code_of(comparison, true, 0) == kNothingGates);
    const auto warned =
        std::ranges::count(comparison.warnings, ReasonCode::imported_result, &Reason::code);
    CHECK(warned == 1);
  }
}

TEST_CASE("imported results without a benchmark in common are not comparable") {
  auto base = document_of({result_of("a", near(10))});
  base.imported_from = {.format = "go", .tool = "go test"};
  const Comparison comparison = compared(base, document_of({result_of("b", near(10))}));
  CHECK(exit_code_of(comparison, false, 0) == kNotComparable);
}
