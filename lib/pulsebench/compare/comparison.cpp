#include "pulsebench/compare/comparison.hpp"

#include <algorithm>

namespace pulsebench::compare {

int Comparison::count(Verdict verdict) const {
  return static_cast<int>(std::ranges::count(benchmarks, verdict, &Judged::verdict));
}

bool Comparison::fails_gate() const {
  return std::ranges::any_of(benchmarks, [](auto& one) { return one.gates && one.fails(); });
}

bool Comparison::misses_gating() const {
  const auto is_lost = [](const Judged& one) { return one.gates && one.missing; };
  return !missing_allowed && std::ranges::any_of(benchmarks, is_lost);
}

bool Comparison::judged_nothing() const {
  return count(Verdict::not_judged) == static_cast<int>(benchmarks.size());
}

bool Comparison::imported() const {
  return std::ranges::any_of(
      warnings, [](const Reason& one) { return one.code == ReasonCode::imported_result; });
}

Census census_of(const Comparison& comparison) {
  Census census;
  for (const Judged& judged : comparison.benchmarks) {
    ++census.all;
    census.missing += judged.missing ? 1 : 0;
    census.failed += judged.failed ? 1 : 0;
    const bool regressed = judged.fails();
    census.approved += judged.verdict == Verdict::regressed && judged.approved ? 1 : 0;
    census.regressed += regressed ? 1 : 0;
    census.gating += regressed && judged.gates ? 1 : 0;
    census.inconclusive += judged.verdict == Verdict::inconclusive ? 1 : 0;
    const bool improved = judged.verdict == Verdict::improved;
    census.improved += improved && judged.live ? 1 : 0;
    census.unconfirmed += judged.improved_in_store_alone() ? 1 : 0;
    census.unchanged += judged.verdict == Verdict::unchanged ? 1 : 0;
    census.same_code += judged.has(ReasonCode::same_code) ? 1 : 0;
  }
  return census;
}

RunVerdict verdict_of(const Comparison& comparison) {
  const Census census = census_of(comparison);
  if (census.gating > 0) return RunVerdict::regressed;
  const bool judged_nothing = comparison.judged_nothing();
  if (!judged_nothing && comparison.misses_gating()) return RunVerdict::missing;
  if (census.regressed > 0) return RunVerdict::regressed;
  if (census.failed > 0) return RunVerdict::failed;
  if (judged_nothing) return RunVerdict::not_judged;
  if (census.inconclusive > 0) return RunVerdict::inconclusive;
  if (census.approved > 0) return RunVerdict::approved;
  if (census.improved > 0) return RunVerdict::improved;
  return census.unconfirmed > 0 ? RunVerdict::unconfirmed : RunVerdict::unchanged;
}

}  // namespace pulsebench::compare
