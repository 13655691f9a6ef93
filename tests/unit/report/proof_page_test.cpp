#include "pulsebench/report/proof_page.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "fixtures.hpp"
#include "golden.hpp"
#include "pulsebench/report/reason_text.hpp"

using namespace pulsebench;
using namespace pulsebench::report;
using doctest::Approx;

namespace {

compare::ProofRow row(double threshold, double injected, int regressed, int unchanged,
                      int inconclusive) {
  compare::ProofRow made{.threshold = Percent{threshold}, .injected = Percent{injected}};
  made.regressed = regressed;
  made.unchanged = unchanged;
  made.inconclusive = inconclusive;
  made.decisions = regressed + unchanged + inconclusive;
  made.mean_seconds = 0.31;
  made.worst_seconds = 1.24;
  return made;
}

compare::Proof proof() {
  compare::Proof made;
  made.injected = Percent{7};
  made.rows = {row(5, 0, 0, 148, 0), row(5, 7, 147, 0, 1), row(10, 0, 0, 20, 0),
               row(10, 7, 0, 19, 1)};
  made.failed.emplace_back(*BenchmarkId::parse("contention/mutex"),
                           fixtures::said("work can be injected only where the benchmark "
                                          "calls pulsebench::measure"));
  made.benchmarks = 17;
  made.rounds = 20;
  made.seed = 4711;
  made.seconds = 104.0;
  made.visit_share = 0.7;
  return made;
}

}  // namespace

TEST_CASE("rates carry what they are known to; none and all have the bound that says something") {
  // Wilson by hand: 0 of 188 at 95 % is z²/(n + z²); Newcombe (1998) gives 81 of 263 as
  // 0.2553 to 0.3662.
  CHECK(rate_text(compare::rate_of(81, 263)) == "30.8 % (25.5 to 36.6)");
  CHECK(rate_text(compare::rate_of(0, 188)) == "0 %, at most 2.0 %");
  CHECK(rate_text(compare::rate_of(188, 188)) == "100 %, at least 98.0 %");
  CHECK(rate_text(compare::rate_of(0, 0)).empty());
}

TEST_CASE("a proof says first how often it erred") {
  CHECK(headline(proof()) ==
        "0 false alarms in 188 decisions on code that is not slower (0 %, at most 2.0 %); +7 % was "
        "flagged in 147 of 148 (99.3 % (96.3 to 99.9)) and passed in 0");
  compare::Proof small = proof();
  small.rows = {row(10, 0, 1, 19, 0), row(10, 7, 0, 20, 0)};
  CHECK(headline(small) ==
        "1 false alarm in 40 decisions on code that is not slower (2.5 % (0.4 to 12.9)); +7 % is "
        "beyond no threshold here");
  small.rows.clear();
  CHECK(headline(small) == "no decision was reached in the time given");
}

TEST_CASE("a proof as it is read") {
  const auto made = proof();
  fixtures::check_golden("proof_120.txt", fixtures::as_text(proof_page(made, 0), 120));
  fixtures::check_golden("proof.md", fixtures::as_markdown(proof_page(made, 0)));
}

TEST_CASE("a proof in JSON has its rates as shares") {
  const auto made = proof();
  const auto json = nlohmann::json::parse(proof_page(made, 0).json());
  CHECK(json["kind"] == "proof");
  const auto& slowed = json["decisions"][1];
  CHECK(slowed["regressed"] == 147);
  CHECK(slowed["regressed_rate"]["share"] == Approx(147.0 / 148.0));
  CHECK(slowed["regressed_rate"]["interval"][0] == Approx(0.9627).epsilon(0.001));
}
