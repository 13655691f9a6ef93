#include "pulsebench/compare/comparison.hpp"

#include <doctest/doctest.h>

#include "judged.hpp"

using namespace pulsebench;
using namespace pulsebench::compare;

namespace {

Judged failed() {
  Judged made = judged("failed", Verdict::not_judged);
  made.failed = true;
  return made;
}

Judged approved() {
  Judged made = judged("approved", Verdict::regressed);
  made.approved =
      Approved{.reason = "worth it", .by = "A", .on = "2026-01-31", .until = "", .up_to = {}};
  return made;
}

Judged faster() {
  Judged made = judged("faster", Verdict::improved);
  made.live.emplace().blocks = 17;
  return made;
}

}  // namespace

TEST_CASE("the verdict of the run is the worst of its benchmarks") {
  std::vector<Judged> all{judged("regressed", Verdict::regressed),
                          gone("gone"),
                          failed(),
                          judged("open", Verdict::inconclusive),
                          approved(),
                          faster(),
                          judged("unconfirmed", Verdict::improved),
                          judged("same", Verdict::unchanged)};
  for (const RunVerdict worst :
       {RunVerdict::regressed, RunVerdict::missing, RunVerdict::failed, RunVerdict::inconclusive,
        RunVerdict::approved, RunVerdict::improved, RunVerdict::unconfirmed, RunVerdict::unchanged,
        RunVerdict::not_judged}) {
    CHECK(name_of(verdict_of(comparison(all))) == name_of(worst));
    if (!all.empty()) all.erase(all.begin());
  }
}

TEST_CASE(
    "a missing benchmark is the verdict where it gates, is not allowed, and others are judged") {
  const Judged same = judged("same", Verdict::unchanged);
  CHECK(verdict_of(comparison({gone("gone"), same})) == RunVerdict::missing);
  CHECK(verdict_of(comparison({gone("gone")})) == RunVerdict::not_judged);
  Comparison allowed = comparison({gone("gone"), same});
  allowed.missing_allowed = true;
  CHECK(verdict_of(allowed) == RunVerdict::unchanged);
  Judged ungated = gone("gone");
  ungated.gates = false;
  CHECK(verdict_of(comparison({ungated, same})) == RunVerdict::unchanged);
}

TEST_CASE("a missing benchmark that gates is worse than a regression that does not") {
  Judged ungated = judged("slower", Verdict::regressed);
  ungated.gates = false;
  CHECK(verdict_of(comparison({ungated, gone("gone")})) == RunVerdict::missing);
}

TEST_CASE("the census counts an approved regression apart, and a gating one twice") {
  Judged ungated = judged("ungated", Verdict::regressed);
  ungated.gates = false;
  const Census census = census_of(
      comparison({judged("slower", Verdict::regressed), ungated, approved(), failed(), gone("g")}));
  CHECK(census.all == 5);
  CHECK(census.regressed == 2);
  CHECK(census.gating == 1);
  CHECK(census.approved == 1);
  CHECK(census.failed == 1);
  CHECK(census.missing == 1);
}
