#include "pulsebench/compare/counts.hpp"

#include <doctest/doctest.h>

#include "pulsebench/compare/compare.hpp"
#include "pulsebench/config/load.hpp"
#include "results.hpp"

using namespace pulsebench;
using namespace pulsebench::compare;
using baseline::BenchmarkResult;

namespace {

/// 20 launches near `ns`, whose operation takes so many instructions.
BenchmarkResult counted(double ns, double instructions, Tier tier = Tier::critical) {
  BenchmarkResult result = result_of("a", near(ns), tier);
  result.exact =
      ExactCount{.instructions_per_op = instructions, .operations = 1000, .by = "callgrind"};
  return result;
}

Judged judged(BenchmarkResult base, BenchmarkResult candidate) {
  return compare::compare(document_of({std::move(base)}), document_of({std::move(candidate)}),
                          config::defaults(), {})
      .benchmarks[0];
}

/// What a count moved by, among the reasons.
Reason moved(const char* what, double before, double after) {
  return {.code = ReasonCode::count_moved, .numbers = {before, after}, .texts = {what}};
}

using Reasons = std::vector<Reason>;

BenchmarkResult with_event(BenchmarkResult result, const char* name, double per_op) {
  result.counters.push_back({.name = name, .per_op = per_op});
  return result;
}

constexpr double kNearTheThreshold = 10.52;  // from 10: 5.2 % against 5 %, which is inconclusive

}  // namespace

TEST_CASE("slower with the very same instructions is suspected of its layout, and still gates") {
  const Judged slow = judged(counted(10, 21), counted(11.5, 21));
  CHECK(slow.verdict == Verdict::regressed);
  CHECK(slow.gates);
  CHECK(slow.same_instructions);
  CHECK(slow.reasons == Reasons{{.code = ReasonCode::same_instructions, .numbers = {21}}});
}

TEST_CASE("slower with more instructions is not, and says how many") {
  const Judged slow = judged(counted(10, 20), counted(11.5, 22));
  CHECK(slow.verdict == Verdict::regressed);
  CHECK_FALSE(slow.same_instructions);
  CHECK_FALSE(slow.by_instructions);
  CHECK(slow.reasons == Reasons{moved("instructions", 20, 22)});
}

TEST_CASE("instructions beyond the threshold decide what the time leaves open") {
  CHECK(judged(counted(10, 20), counted(kNearTheThreshold, 20)).verdict == Verdict::inconclusive);
  const Judged more = judged(counted(10, 20), counted(kNearTheThreshold, 22));
  CHECK(more.verdict == Verdict::regressed);
  CHECK(more.by_instructions);
  REQUIRE(more.reasons.size() == 3);
  CHECK(more.reasons[0].code == ReasonCode::near_threshold);
  CHECK(more.reasons[1].code == ReasonCode::decided_by_instructions);
  CHECK(more.reasons[2] == moved("instructions", 20, 22));
}

TEST_CASE("exactly the threshold in instructions is not beyond it") {
  // 5 % of 20 is one instruction.
  CHECK(judged(counted(10, 20), counted(kNearTheThreshold, 21)).verdict == Verdict::inconclusive);
}

TEST_CASE("what a proven time says stands against the instructions") {
  const Judged same_time = judged(counted(10, 20), counted(10, 30));
  CHECK(same_time.verdict == Verdict::unchanged);
  CHECK_FALSE(same_time.by_instructions);
  const auto all = compare::compare(document_of({counted(10, 20)}), document_of({counted(10, 30)}),
                                    config::defaults(), {});
  REQUIRE_FALSE(all.warnings.empty());
  CHECK(all.warnings.back() == Reason{.code = ReasonCode::counts_moved,
                                      .numbers = {20, 30},
                                      .texts = {"a", "instructions"}});
}

TEST_CASE("only whole counts of one method in a tier that gates decide") {
  // 10 -> 12.02 is 20.2 % against the 20 % of tier 3, which gates nothing.
  CHECK(judged(counted(10, 20, Tier::system), counted(12.02, 40, Tier::system)).verdict ==
        Verdict::inconclusive);
  auto stepped = counted(kNearTheThreshold, 22);
  stepped.exact->by = "single step";
  CHECK(judged(counted(10, 20), stepped).verdict == Verdict::inconclusive);
  CHECK(judged(counted(10, 20.5), counted(kNearTheThreshold, 23)).verdict == Verdict::inconclusive);
  auto absent = counted(kNearTheThreshold, 22);
  absent.exact = ExactCount{.instructions_per_op = std::nullopt, .reason = "no valgrind"};
  CHECK(judged(counted(10, 20), absent).verdict == Verdict::inconclusive);
}

TEST_CASE("allocations, misses and switches that went up are told with the regression") {
  auto base = with_event(with_event(result_of("a", near(10)), "LLC-load-misses", 0.1),
                         "context-switches", 0.0);
  auto candidate = with_event(with_event(result_of("a", near(12)), "LLC-load-misses", 0.4),
                              "context-switches", 1.0);
  base.allocations = Allocations{.per_op = 0.0};
  candidate.allocations = Allocations{.per_op = 2.0};
  CHECK(judged(base, candidate).reasons == Reasons{moved("allocations", 0, 2),
                                                   moved("LLC-load-misses", 0.1, 0.4),
                                                   moved("context-switches", 0, 1)});
}

TEST_CASE("an event that only wobbles, or was not counted on both sides, is not told") {
  auto base = with_event(with_event(result_of("a", near(10)), "cycles", 100), "page-faults", 0.001);
  auto candidate =
      with_event(with_event(result_of("a", near(12)), "cycles", 109), "page-faults", 0.009);
  base.counters.push_back({.name = "branches", .per_op = std::nullopt, .reason = "no counters"});
  candidate.counters.push_back({.name = "branches", .per_op = 7.0});
  CHECK(counts_of(base, candidate).empty());
  CHECK(judged(base, candidate).reasons.empty());
}

TEST_CASE(
    "an operation that goes through something else is told, also where the time is the same") {
  auto base = result_of("a", near(10));
  auto candidate = result_of("a", near(12));
  base.processed = {.bytes = 1024.0, .items = 1.0};
  candidate.processed = {.bytes = 2048.0, .items = 1.0 + 1e-9};
  const Judged slower = judged(base, candidate);
  CHECK(slower.reasons == Reasons{moved("bytes processed", 1024, 2048)});
  CHECK(slower.base_processed.bytes == 1024.0);
  CHECK(slower.candidate_processed.bytes == 2048.0);
  auto same_time = result_of("a", near(10));
  same_time.processed.bytes = 2048.0;
  const auto all =
      compare::compare(document_of({base}), document_of({same_time}), config::defaults(), {});
  REQUIRE_FALSE(all.warnings.empty());
  CHECK(all.warnings.back().texts == std::vector<std::string>{"a", "bytes processed"});
}

TEST_CASE("bytes allocated and their peak are told where they moved by more than a tenth") {
  auto base = result_of("a", near(10));
  auto candidate = result_of("a", near(12));
  base.allocations = Allocations{.per_op = 2.0, .bytes_per_op = 1000.0, .peak_bytes = 500};
  candidate.allocations = Allocations{.per_op = 2.0, .bytes_per_op = 1099.0, .peak_bytes = 1000};
  CHECK(judged(base, candidate).reasons == Reasons{moved("peak bytes", 500, 1000)});
  candidate.allocations->bytes_per_op = 1101.0;
  CHECK(judged(base, candidate).reasons ==
        Reasons{moved("bytes allocated", 1000, 1101), moved("peak bytes", 500, 1000)});
}

TEST_CASE("a verdict that is settled later has the warning of its counts too") {
  Judged one = judged(counted(150.0, 6.0), counted(100.0, 7.0));
  REQUIRE(one.verdict == Verdict::improved);
  Comparison comparison;
  warn_of_counts(one, comparison);
  CHECK(comparison.warnings.empty());
  one.verdict = Verdict::unchanged;  // measured again
  warn_of_counts(one, comparison);
  REQUIRE(comparison.warnings.size() == 1);
  CHECK(comparison.warnings[0].code == ReasonCode::counts_moved);
  CHECK(comparison.warnings[0].numbers == std::vector{6.0, 7.0});
}
