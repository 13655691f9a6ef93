#include "pulsebench/compare/target_verdict.hpp"

namespace pulsebench::compare {

bool allocates_too_much(const baseline::BenchmarkResult& result) {
  return result.max_allocations && result.allocations && result.allocations->per_op &&
         *result.allocations->per_op > *result.max_allocations;
}

namespace {

TargetVerdict verdict_of_allocations(const baseline::BenchmarkResult& result) {
  if (!result.max_allocations || !result.allocations) return TargetVerdict::no_target;
  if (!result.allocations->per_op) return TargetVerdict::cannot_tell;
  return allocates_too_much(result) ? TargetVerdict::missed : TargetVerdict::met;
}

TargetVerdict verdict_of_time(const baseline::BenchmarkResult& result) {
  if (!result.target) return TargetVerdict::no_target;
  if (!result.interval) return TargetVerdict::cannot_tell;
  if (result.interval->high <= result.target->value) return TargetVerdict::met;
  return result.interval->low > result.target->value ? TargetVerdict::missed
                                                     : TargetVerdict::cannot_tell;
}

}  // namespace

TargetVerdict target_verdict(const baseline::BenchmarkResult& result) {
  if (result.outcome.status != Status::ok || !result.value) return TargetVerdict::not_measured;
  const TargetVerdict heap = verdict_of_allocations(result);
  const TargetVerdict time = verdict_of_time(result);
  for (const TargetVerdict verdict :
       {TargetVerdict::missed, TargetVerdict::cannot_tell, TargetVerdict::met}) {
    if (heap == verdict || time == verdict) return verdict;
  }
  return TargetVerdict::no_target;
}

}  // namespace pulsebench::compare
