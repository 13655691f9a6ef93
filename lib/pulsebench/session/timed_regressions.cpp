#include "pulsebench/session/timed_regressions.hpp"

#include <utility>

#include "pulsebench/session/sampled_blocks.hpp"
#include "pulsebench/session/sampled_launches.hpp"
#include "pulsebench/session/tuned_machine.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace {

using compare::Judged;

constexpr double kSampledSeconds = 10.0;  // of one benchmark

/// The functions' times on both sides; fewer than two blocks are no comparison.
Result<profile::ProfileChange> sample(const Judged& judged, const SidesOf& sides_of,
                                      const TunedMachine& machine, const Session& session) {
  PB_TRY(const CountedSides both, sides_of(judged));
  const auto sampling =
      sampling_for(both.new_side, kBlockSeconds, session.workspace.config.sampling);
  run::Launcher launcher{plan::Occasion::launch, sampling, machine.cpus(),
                         machine.process_settings(), machine.interrupt()};
  const SampledSides sides{.old_source = both.old_side,
                           .new_source = both.new_side,
                           .id = judged.info.id,
                           .seconds = kSampledSeconds,
                           .cpus = machine.cpus().thread_cpus};
  profile::CpuProfile old_side{.benchmark = judged.info.id.text()};
  profile::CpuProfile new_side{.benchmark = judged.info.id.text()};
  PB_CHECK(sample_blocks(session, launcher, machine.interrupt(), sides, old_side, new_side));
  for (const profile::CpuProfile* side : {&old_side, &new_side}) PB_CHECK(check_samples(*side));
  if (new_side.launches.size() < 2) {
    return fail(ErrorCode::nothing_measured, "fewer than two blocks were sampled");
  }
  return profile::change_of(old_side, new_side, profile::SpotsBy::function);
}

void add_time(const Result<profile::ProfileChange>& change, Explanation& explanation) {
  if (!change) {
    explanation.not_timed = printable(change.error().message, 300);
    return;
  }
  for (const profile::FunctionTimeChange& function : change->functions) {
    if (!function.significant || function.cost.change.value <= 0.0) continue;
    explanation.time = FunctionTime{.name = function.name,
                                    .change_ns = function.cost.change.value,
                                    .low_ns = function.cost.low.value,
                                    .high_ns = function.cost.high.value};
    return;
  }
  explanation.not_timed = "no function is significantly slower";
}

}  // namespace

void time_regressions(compare::Comparison& comparison, const SidesOf& sides_of,
                      const PairedPlan& plan, const Session& session) {
  const auto is_explained = [](const Judged& judged) { return judged.explanation.has_value(); };
  if (std::ranges::none_of(comparison.benchmarks, is_explained)) return;
  const TunedMachine machine{session, plan.placement, plan.no_tune};
  for (Judged& judged : comparison.benchmarks) {
    if (!is_explained(judged) || machine.interrupt().signal() != 0) continue;
    add_time(sample(judged, sides_of, machine, session), *judged.explanation);
  }
}

}  // namespace pulsebench::session
