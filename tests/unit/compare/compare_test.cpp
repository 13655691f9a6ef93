#include "pulsebench/compare/compare.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <utility>

#include "compared.hpp"

using namespace pulsebench;
using namespace pulsebench::compare;
using baseline::Document;
using doctest::Approx;

namespace {

Reason reason_without_verdict(baseline::BenchmarkResult base, baseline::BenchmarkResult candidate) {
  const Judged judged = compared_one(std::move(base), std::move(candidate));
  CHECK(judged.verdict == Verdict::not_judged);
  REQUIRE(judged.reasons.size() == 1);
  return judged.reasons[0];
}

/// Base and candidate: `a` goes from 10 to 11.5 ns, `b` stays; the candidate lists `b` first.
std::pair<Document, Document> one_of_two_15_percent_slower() {
  return {document_of({result_of("a", near(10)), result_of("b", near(20))}),
          document_of({result_of("b", near(20)), result_of("a", near(11.5))})};
}

}  // namespace

TEST_CASE("a benchmark 15 % slower is the one that regressed, and fails the gate") {
  const auto [base, candidate] = one_of_two_15_percent_slower();
  const Comparison all = compared(base, candidate);
  CHECK(all.count(Verdict::regressed) == 1);
  CHECK(all.benchmarks[1].verdict == Verdict::regressed);
  CHECK(all.benchmarks[1].gates);
  CHECK(all.fails_gate());
}

TEST_CASE("the mirror of a regression is an improvement, and passes the gate") {
  const auto [fast, slow] = one_of_two_15_percent_slower();
  const Comparison all = compared(slow, fast);
  CHECK(all.count(Verdict::improved) == 1);
  CHECK_FALSE(all.fails_gate());
}

TEST_CASE("a comparison lists the benchmarks in the order of the new result") {
  const auto [base, candidate] = one_of_two_15_percent_slower();
  const Comparison all = compared(base, candidate, {"main", "pr-1"});
  CHECK(all.base_name == "main");
  CHECK(all.candidate_name == "pr-1");
  CHECK(all.judged == 2);
  REQUIRE(all.benchmarks.size() == 2);
  CHECK(all.benchmarks[0].info.id.text() == "b");
  CHECK(all.benchmarks[0].verdict == Verdict::unchanged);
}

TEST_CASE("a judged benchmark has the change, its interval, and what it was judged by") {
  const auto [base, candidate] = one_of_two_15_percent_slower();
  const Judged slow = compared(base, candidate).benchmarks[1];
  CHECK(slow.change.value == Approx(15.0).epsilon(1e-6));
  CHECK(slow.change_low.value > 5.0);
  CHECK(slow.change_low.value < 15.0);
  CHECK(slow.change_high.value > 15.0);
  CHECK(slow.threshold == Percent{5});
  CHECK(slow.base == base.benchmarks[0].value);
  CHECK(slow.candidate == candidate.benchmarks[1].value);
  CHECK(slow.pairs == 20);
  CHECK(slow.z > 3.0);
}

TEST_CASE("only a regression of an operation of a failing tier fails the gate") {
  const auto judged_at = [](Tier tier, Role role, double ns) {
    auto base = result_of("a", near(10), tier);
    auto candidate = result_of("a", near(ns), tier);
    base.info.role = candidate.info.role = role;
    return compared(document_of({base}), document_of({candidate}));
  };
  CHECK(judged_at(Tier::critical, Role::operation, 12).fails_gate());
  for (const auto& [tier, role] :
       {std::pair{Tier::fast, Role::operation}, std::pair{Tier::system, Role::operation},
        std::pair{Tier::critical, Role::floor}}) {
    const Comparison all = judged_at(tier, role, 20);
    CHECK(all.count(Verdict::regressed) == 1);
    CHECK_FALSE(all.fails_gate());
  }
}

TEST_CASE("each tier has its own threshold") {
  CHECK(compared_one(result_of("a", near(10)), result_of("a", near(10.8))).verdict ==
        Verdict::regressed);
  CHECK(compared_one(result_of("a", near(10), Tier::fast), result_of("a", near(10.8), Tier::fast))
            .verdict == Verdict::unchanged);
  CHECK(compared_one(result_of("a", near(10), Tier::fast), result_of("a", near(11.5), Tier::fast))
            .verdict == Verdict::regressed);
}

TEST_CASE("contended benchmarks are given ten times the run-to-run spread") {
  auto base = result_of("a", near(10));
  auto candidate = result_of("a", near(12.5));
  base.info.threads = candidate.info.threads = 2;
  // T = √2 · 5 %: a change of 22 % in logs is (0.2231 - 0.1823) / 0.0707 = 0.577 away from 20 %.
  CHECK(compared_one(base, candidate).verdict == Verdict::inconclusive);
  CHECK(compared_one(base, candidate).z == Approx(0.577).epsilon(1e-2));
}

TEST_CASE("a run-to-run spread that was learnt replaces the default, down to 0.3 %") {
  const auto base = document_of({result_of("a", near(10))});
  const auto candidate = document_of({result_of("a", near(10.8))});
  const auto z_with = [&](double sigma) {
    const Context learnt{.run_sigma = {{*BenchmarkId::parse("a"), {sigma, 8}}}};
    const Judged judged = compared(base, candidate, learnt).benchmarks[0];
    CHECK(judged.run_sigma->runs == 8);
    return judged.z;
  };
  CHECK(compared(base, candidate).benchmarks[0].run_sigma->runs == 0);
  CHECK(compared(base, candidate).benchmarks[0].run_sigma->deviation == 0.005);
  CHECK(z_with(0.03) < 1.0);
  CHECK(z_with(0.003) == Approx(z_with(0.0001)));
  CHECK(z_with(0.005) == Approx(compared(base, candidate).benchmarks[0].z));
}

TEST_CASE("what cannot be held against each other is not judged, and says why") {
  const auto good = result_of("a", near(10));
  auto crashed = good;
  crashed.outcome = {Status::crashed, "died of SIGSEGV"};
  CHECK(reason_without_verdict(good, crashed) == Reason{.code = ReasonCode::no_measurement,
                                                        .texts = {"died of SIGSEGV"},
                                                        .side = Side::new_side,
                                                        .status = Status::crashed});
  CHECK(compared_one(good, crashed).failed);
  CHECK(reason_without_verdict(crashed, good) == Reason{.code = ReasonCode::no_measurement,
                                                        .texts = {"died of SIGSEGV"},
                                                        .side = Side::old_side,
                                                        .status = Status::crashed});
  CHECK_FALSE(compared_one(crashed, good).failed);

  auto newer = good;
  newer.info.version = 2;
  CHECK(reason_without_verdict(good, newer) ==
        Reason{.code = ReasonCode::other_version, .numbers = {1, 2}});
  auto threaded = good;
  threaded.info.threads = 4;
  CHECK(reason_without_verdict(good, threaded) ==
        Reason{.code = ReasonCode::other_threads, .numbers = {1, 4}});
  CHECK(reason_without_verdict(good, result_of("a", {10, 10, 10})) ==
        Reason{.code = ReasonCode::few_pairs, .numbers = {3, 4}});
}

TEST_CASE("a benchmark of one side only is listed and not judged") {
  auto broken = result_of("broken", {});
  broken.outcome = {Status::timed_out, "no answer in 10 s"};
  broken.value.reset();
  const Comparison all =
      compared(document_of({result_of("gone", near(10)), result_of("both", near(10))}),
               document_of({result_of("new", near(10)), result_of("both", near(10)), broken}));
  REQUIRE(all.benchmarks.size() == 4);
  CHECK(all.judged == 1);
  CHECK(all.benchmarks[0].reasons == std::vector<Reason>{{.code = ReasonCode::new_benchmark}});
  CHECK_FALSE(all.benchmarks[0].base.has_value());
  CHECK(all.benchmarks[2].failed);
  REQUIRE(all.benchmarks[2].reasons.size() == 2);
  CHECK(all.benchmarks[2].reasons[0].code == ReasonCode::new_benchmark);
  CHECK(all.benchmarks[2].reasons[1].status == Status::timed_out);
  CHECK(all.benchmarks[2].reasons[1].texts.front() == "no answer in 10 s");
  CHECK(all.benchmarks[3].info.id.text() == "gone");
  CHECK(all.benchmarks[3].reasons == std::vector<Reason>{{.code = ReasonCode::missing}});
  CHECK_FALSE(all.benchmarks[3].candidate.has_value());
  CHECK(all.count(Verdict::not_judged) == 3);
  CHECK(all.benchmarks[3].missing);
  CHECK_FALSE(all.benchmarks[0].missing);
}

TEST_CASE("what was seen stands beside the verdict") {
  const auto base = result_of("a", near(10));
  auto candidate = result_of("a", near(10));
  candidate.launches.disturbed.assign(20, 6);
  candidate.injected_percent = 15;
  candidate.batching.operations = 18'000;
  CHECK(compared_one(base, candidate).reasons ==
        std::vector<Reason>{
            {.code = ReasonCode::injected, .numbers = {15}},
            {.code = ReasonCode::slices_disturbed, .numbers = {12}, .side = Side::new_side},
            {.code = ReasonCode::other_batch_size, .numbers = {20'000, 18'000}}});
  CHECK(compared_one(base, base).reasons.empty());
}

TEST_CASE("an inconclusive verdict says whether it was noise or nearness") {
  const Judged close = compared_one(result_of("a", near(10)), result_of("a", near(10.52)));
  REQUIRE(close.reasons.size() == 1);
  CHECK(close.reasons[0].code == ReasonCode::near_threshold);
  CHECK(close.reasons[0].numbers[0] == Approx(5.2));
  CHECK(close.reasons[0].numbers[1] == 5.0);
  std::vector<double> wild;
  for (int i = 0; i < 20; ++i) wild.push_back(i % 2 == 0 ? 7.0 : 13.0);
  const Judged noisy = compared_one(result_of("a", near(10)), result_of("a", wild));
  CHECK(noisy.verdict == Verdict::inconclusive);
  // Half of the pairs at ln 0.7, half at ln 1.3: median and MAD lie halfway, |ln 0.7 - ln 1.3| / 2
  // = 0.30952, and 1.4826 times that is 45.9 %.
  REQUIRE_FALSE(noisy.reasons.empty());
  CHECK(noisy.reasons[0].code == ReasonCode::launches_scatter);
  CHECK(noisy.reasons[0].numbers[0] == Approx(45.9).epsilon(0.001));
}

TEST_CASE("a wide interval is not called near to a threshold that is far from the change") {
  // Steady launches; what two runs differ by, 5 % for more than one thread, makes the interval
  // wide: 2.576 * sqrt(2) * 5 % = 18 % to each side, and the threshold is 20 %.
  auto base = result_of("a", near(10));
  auto candidate = result_of("a", near(11));
  base.info.threads = candidate.info.threads = 2;
  const Judged open = compared_one(base, candidate);
  CHECK(open.verdict == Verdict::inconclusive);
  REQUIRE_FALSE(open.reasons.empty());
  CHECK(open.reasons[0].code == ReasonCode::interval_too_wide);
  CHECK(open.reasons[0].numbers[0] == Approx(-8.0).epsilon(0.05));
  CHECK(open.reasons[0].numbers[2] == 20.0);
}

TEST_CASE("a benchmark that moved to a laxer tier is judged by it, and says so") {
  const Judged judged =
      compared_one(result_of("a", near(10)), result_of("a", near(11.5), Tier::system));
  CHECK(judged.verdict == Verdict::unchanged);
  CHECK(judged.threshold == Percent{20});
  CHECK(judged.reasons == std::vector<Reason>{{.code = ReasonCode::other_tier, .numbers = {0, 3}}});
}

TEST_CASE("more threads than the new result's machine has CPUs regress without failing the gate") {
  const auto judged_on = [](const char* topology) {
    auto base = result_of("a", near(10));
    auto candidate = result_of("a", near(20));
    base.info.threads = candidate.info.threads = 4;
    auto measured = document_of({candidate});
    measured.machine.hashed = {{"topology", topology}};
    return compared(document_of({base}), measured);
  };
  const Comparison roomy = judged_on("1 sockets, 4 cores, 4 threads");
  CHECK(roomy.fails_gate());
  CHECK(roomy.benchmarks[0].threshold == Percent{20});
  const Comparison crowded = judged_on("1 sockets, 1 cores, 2 threads");
  CHECK(crowded.count(Verdict::regressed) == 1);
  CHECK(crowded.benchmarks[0].oversubscribed);
  CHECK_FALSE(crowded.fails_gate());
  CHECK(crowded.benchmarks[0].reasons ==
        std::vector<Reason>{{.code = ReasonCode::oversubscribed, .numbers = {4}}});
}

TEST_CASE("a slower clock is taken out, and told from 1 % on") {
  const auto base = document_of({result_of("a", near(10))});
  const auto at_clock = [&](double factor) {
    auto candidate = document_of({result_of("a", near(10 * factor))});
    candidate.benchmarks[0].launches.reference.assign(20, 2.0 * factor);
    return compared(base, candidate);
  };
  const Comparison slower = at_clock(1.08);
  CHECK(slower.normalised);
  CHECK(slower.reference_shift_percent == Approx(8.0));
  CHECK(slower.benchmarks[0].verdict == Verdict::unchanged);
  CHECK(slower.benchmarks[0].change.value == Approx(0.0).epsilon(1e-6));
  const Comparison nearly = at_clock(1.009);
  CHECK_FALSE(nearly.normalised);
  CHECK(nearly.benchmarks[0].change.value == Approx(0.0).epsilon(1e-6));
}

TEST_CASE("a clock that moved within a run is taken out of each launch") {
  auto base = document_of({result_of("a", near(10))});
  auto candidate = base;
  for (std::size_t launch = 0; launch < 20; launch += 2) {  // every other one at a slower clock
    candidate.benchmarks[0].launches.reference[launch] *= 1.04;
    candidate.benchmarks[0].launches.p25[launch] *= 1.04;
  }
  const Judged judged = compared(base, candidate).benchmarks[0];
  CHECK(judged.verdict == Verdict::unchanged);
  CHECK(judged.change_high.value - judged.change_low.value < 5.0);  // 8 without
}

TEST_CASE("what may not follow the clock is not passed because the clock ran slower") {
  // 7 % slower of its own, and not for the 4 % that the clock lost: 2.9 % by the correction.
  auto base = document_of({result_of("a", near(10))});
  auto candidate = document_of({result_of("a", near(10.7))});
  candidate.benchmarks[0].launches.reference.assign(20, 2.0 * 1.04);
  CHECK(compared(base, candidate).benchmarks[0].verdict == Verdict::inconclusive);
}

TEST_CASE("nothing in common is a comparison with nothing judged") {
  CHECK(compared(document_of({}), document_of({})).judged == 0);
  CHECK(compared(document_of({result_of("a", near(1))}), document_of({})).judged == 0);
}

TEST_CASE("a benchmark with more threads than CPUs is judged, and gates on neither side") {
  for (const bool in_base : {false, true}) {
    auto base = result_of("a", near(10));
    auto candidate = result_of("a", near(20));
    (in_base ? base : candidate).oversubscribed = true;
    const Judged judged = compared_one(base, candidate);
    CHECK(judged.verdict == Verdict::regressed);
    CHECK(judged.oversubscribed);
    CHECK_FALSE(judged.gates);
  }
}
