#include "pulsebench/compare/target_verdict.hpp"

#include <doctest/doctest.h>

#include "results.hpp"

using namespace pulsebench;
using namespace pulsebench::compare;

namespace {

baseline::BenchmarkResult with_interval(double low, double high) {
  auto result = result_of("budget/consume", {(low + high) / 2});
  result.target = Cost{15};
  result.interval = baseline::Interval{low, high, 0.99};
  return result;
}

}  // namespace

TEST_CASE("a target is met or missed only where the whole interval says so") {
  CHECK(target_verdict(with_interval(14.0, 15.0)) == TargetVerdict::met);
  CHECK(target_verdict(with_interval(14.0, 15.01)) == TargetVerdict::cannot_tell);
  CHECK(target_verdict(with_interval(15.0, 16.0)) == TargetVerdict::cannot_tell);
  CHECK(target_verdict(with_interval(15.01, 16.0)) == TargetVerdict::missed);
}

TEST_CASE("without an interval, a target or a value nothing is claimed") {
  auto result = with_interval(1, 2);
  result.interval.reset();
  CHECK(target_verdict(result) == TargetVerdict::cannot_tell);
  CHECK(target_verdict(result_of("a", {1.0})) == TargetVerdict::no_target);
  auto crashed = result_of("a", {});
  crashed.outcome = {Status::crashed, "died"};
  crashed.value.reset();
  CHECK(target_verdict(crashed) == TargetVerdict::not_measured);
  auto partial = with_interval(1, 2);
  partial.outcome = {Status::timed_out, "hung"};
  CHECK(target_verdict(partial) == TargetVerdict::not_measured);
}

TEST_CASE("an allocation where the design allows none misses the target, however fast it is") {
  auto result = with_interval(1.0, 2.0);
  result.max_allocations = 0.0;
  CHECK(target_verdict(result) == TargetVerdict::met);  // not counted: nothing is claimed
  result.allocations = Allocations{.per_op = 0.0};
  CHECK(target_verdict(result) == TargetVerdict::met);
  result.allocations = Allocations{.per_op = 0.001};
  CHECK(target_verdict(result) == TargetVerdict::missed);
  result.max_allocations = 0.001;
  CHECK(target_verdict(result) == TargetVerdict::met);
  result.allocations = Allocations{.per_op = std::nullopt, .reason = "several threads"};
  CHECK(target_verdict(result) == TargetVerdict::cannot_tell);
}

TEST_CASE("a bound on allocations alone is a target") {
  auto result = result_of("a", {1.0});
  result.max_allocations = 0.0;
  CHECK(target_verdict(result) == TargetVerdict::no_target);  // not counted
  result.allocations = Allocations{.per_op = 0.0};
  CHECK(target_verdict(result) == TargetVerdict::met);
  result.allocations->per_op = 1.0;
  CHECK(target_verdict(result) == TargetVerdict::missed);
}

TEST_CASE("a time over its target is missed, whether or not allocations could be counted") {
  auto result = with_interval(15.01, 16.0);
  result.max_allocations = 0.0;
  result.allocations = Allocations{.per_op = std::nullopt, .reason = "several threads"};
  CHECK(target_verdict(result) == TargetVerdict::missed);
  result.allocations = Allocations{.per_op = 0.0};
  CHECK(target_verdict(result) == TargetVerdict::missed);
}
