#include "pulsebench/compare/approve.hpp"

#include <doctest/doctest.h>

using namespace pulsebench;
using namespace pulsebench::compare;
using baseline::Approval;

namespace {

using Reasons = std::vector<Reason>;

const BenchmarkId kId = *BenchmarkId::parse("a");

/// Accepts +15 % of "a" against run "base", up to 20.75 %, until the end of January.
Approval approval() {
  return {.id = kId,
          .base_run = "base",
          .change = Percent{15},
          .up_to = Percent{20.75},
          .reason = "worth it",
          .by = "A. N.",
          .on = "2026-01-01",
          .until = "2026-01-31",
          .base_commit = {},
          .candidate_commit = {}};
}

/// What becomes of a regression of `change` per cent.
Comparison applied(const Approval& given, double change = 15, const char* today = "2026-01-15",
                   Verdict verdict = Verdict::regressed) {
  Comparison comparison;
  comparison.benchmarks.push_back(
      {.info = {.id = kId}, .verdict = verdict, .gates = true, .change = Percent{change}});
  const IsBase is_base = [](const BenchmarkId& id, const std::string& run) {
    return id == kId && run == "base";
  };
  apply_approvals(comparison, {given}, is_base, today);
  return comparison;
}

std::vector<Reason> why_not(const Approval& given, double change = 15,
                            const char* today = "2026-01-15") {
  const Comparison comparison = applied(given, change, today);
  CHECK(comparison.fails_gate());
  CHECK_FALSE(comparison.benchmarks[0].approved);
  return comparison.benchmarks[0].reasons;
}

}  // namespace

TEST_CASE("an approved regression does not fail the gate, and carries its reason") {
  const Comparison comparison = applied(approval());
  CHECK_FALSE(comparison.fails_gate());
  REQUIRE(comparison.benchmarks[0].approved);
  CHECK(comparison.benchmarks[0].verdict == Verdict::regressed);
  CHECK(comparison.benchmarks[0].approved->reason == "worth it");
  CHECK(comparison.benchmarks[0].reasons.empty());
}

TEST_CASE("an approval covers its largest change and its last day, and nothing beyond") {
  CHECK_FALSE(applied(approval(), 20.75).fails_gate());
  CHECK(why_not(approval(), 20.76) ==
        Reasons{{.code = ReasonCode::approval_exceeded, .numbers = {15, 20.75}}});
  CHECK_FALSE(applied(approval(), 15, "2026-01-31").fails_gate());
  CHECK(why_not(approval(), 15, "2026-02-01") ==
        Reasons{{.code = ReasonCode::approval_expired, .texts = {"2026-01-31"}}});
  Approval endless = approval();
  endless.until.clear();
  CHECK_FALSE(applied(endless, 15, "9999-12-31").fails_gate());
}

TEST_CASE("an approval is of one baseline and one version of one benchmark") {
  Approval other = approval();
  other.base_run = "another";
  CHECK(why_not(other) ==
        Reasons{{.code = ReasonCode::approval_of_other_baseline, .texts = {"2026-01-01"}}});
  other = approval();
  other.benchmark_version = 2;
  CHECK(why_not(other) == Reasons{{.code = ReasonCode::approval_of_other_version,
                                   .numbers = {2},
                                   .texts = {"2026-01-01"}}});
  other = approval();
  other.id = *BenchmarkId::parse("b");
  CHECK(why_not(other).empty());
}

TEST_CASE("what did not regress is not marked as approved") {
  for (const Verdict verdict : {Verdict::unchanged, Verdict::inconclusive, Verdict::not_judged}) {
    const Comparison comparison = applied(approval(), 15, "2026-01-15", verdict);
    CHECK_FALSE(comparison.benchmarks[0].approved);
    CHECK(comparison.benchmarks[0].reasons.empty());
  }
}
