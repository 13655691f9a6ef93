#include "pulsebench/compare/exit_code.hpp"

#include <algorithm>

#include "pulsebench/compare/target_verdict.hpp"

namespace pulsebench::compare {
namespace {

bool misses_its_target(const baseline::BenchmarkResult& result) {
  return !result.oversubscribed && target_verdict(result) == TargetVerdict::missed;
}

}  // namespace

ExitCode exit_code_of(const Comparison& comparison, bool strict, int signal) {
  if (signal != 0) return exit_code_of_signal(signal);
  const auto any = [&](auto holds) { return std::ranges::any_of(comparison.benchmarks, holds); };
  if (comparison.imported()) return any(&Judged::shown_only) ? kNothingGates : kNotComparable;
  const bool judged_nothing = comparison.judged_nothing();
  if (comparison.fails_gate()) return kRegressed;
  if (!judged_nothing && comparison.misses_gating()) return kRegressed;
  if (any([](const Judged& one) { return one.failed; })) return kNotMeasured;
  if (judged_nothing) return kNotComparable;
  const auto is_open = [](const Judged& one) {
    return one.verdict == Verdict::inconclusive && !one.oversubscribed;
  };
  return strict && any(is_open) ? kInconclusive : kNothingGates;
}

ExitCode exit_code_of(const baseline::Document& run, bool enforce_targets, int signal) {
  if (signal != 0) return exit_code_of_signal(signal);
  const auto is_measured = [](const baseline::BenchmarkResult& one) {
    return one.outcome.status == Status::ok;
  };
  if (!std::ranges::all_of(run.benchmarks, is_measured)) return kNotMeasured;
  const bool missed = std::ranges::any_of(run.benchmarks, misses_its_target);
  return enforce_targets && missed ? kTargetMissed : kNothingGates;
}

ExitCode exit_code_of(const NoiseReport& report, bool strict, int signal) {
  if (signal != 0) return exit_code_of_signal(signal);
  const auto& all = report.benchmarks;
  const bool none = !all.empty() && std::ranges::all_of(all, &Noise::skipped);
  if (none || std::ranges::any_of(all, &Noise::failed)) return kNotMeasured;
  return strict && !report.supported() ? kInconclusive : kNothingGates;
}

ExitCode exit_code_of(const Proof& proof, int signal) {
  if (signal != 0) return exit_code_of_signal(signal);
  return proof.broken ? kNotMeasured : kNothingGates;
}

}  // namespace pulsebench::compare
