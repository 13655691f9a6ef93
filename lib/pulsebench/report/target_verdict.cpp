#include "pulsebench/report/target_verdict.hpp"

namespace pulsebench::report {

bool allocates_too_much(const baseline::BenchmarkResult& result) {
  return result.max_allocations && result.allocations && result.allocations->per_op &&
         *result.allocations->per_op > *result.max_allocations;
}

TargetVerdict target_verdict(const baseline::BenchmarkResult& result) {
  if (result.outcome.status != Status::ok || !result.value) return TargetVerdict::not_measured;
  if (allocates_too_much(result)) return TargetVerdict::missed;
  if (!result.target) return TargetVerdict::no_target;
  if (!result.interval) return TargetVerdict::cannot_tell;
  if (result.interval->high <= result.target->value) return TargetVerdict::met;
  return result.interval->low > result.target->value ? TargetVerdict::missed
                                                     : TargetVerdict::cannot_tell;
}

}  // namespace pulsebench::report
