#include "settle_live.hpp"

#include <algorithm>
#include <map>
#include <vector>

#include "contest.hpp"
#include "progress_line.hpp"
#include "pulsebench/compare/counts.hpp"
#include "pulsebench/compare/gate.hpp"
#include "pulsebench/compare/live_decision.hpp"
#include "pulsebench/machine/fingerprint.hpp"
#include "pulsebench/machine/placement.hpp"
#include "pulsebench/vocabulary/benchmark_id.hpp"
#include "seed.hpp"
#include "side_binaries.hpp"

namespace pulsebench::app {
namespace {

using baseline::BenchmarkResult;
using compare::Judged;
using compare::Verdict;

using ById = std::map<BenchmarkId, const BenchmarkResult*>;

ById by_id(const baseline::Document& document) {
  ById results;
  for (const BenchmarkResult& result : document.benchmarks)
    results.emplace(result.info.id, &result);
  return results;
}

/// A suspect, and how both of its sides are measured again.
struct Suspect {
  Judged* judged;
  run::Subject subject;
  compare::LiveDecision decision;
};

std::vector<Judged*> inconclusive_of(compare::Comparison& comparison) {
  std::vector<Judged*> found;
  for (Judged& judged : comparison.benchmarks) {
    if (judged.verdict == Verdict::inconclusive) found.push_back(&judged);
  }
  return found;
}

/// Why this machine cannot settle anything; empty where it can.
std::string why_not_here(const Compared& compared) {
  const std::string key = machine::fingerprint(machine::Roots{}).key;
  for (const auto& [document, side] :
       {std::pair{&compared.base, "old"}, {&compared.candidate, "new"}}) {
    if (document->machine.key == key) continue;
    return std::string{"the "} + side + " side was measured on another machine (" +
           printable(document->machine.key, 20) + ", this is " + key +
           "); compare them on the machine that measured both";
  }
  return {};
}

/// Those of `suspects` that can be measured; the others are told why not.
std::vector<Suspect> measurable(const std::vector<Judged*>& suspects, const Compared& compared,
                                const Workspace& workspace, int family) {
  const ById bases = by_id(compared.base), candidates = by_id(compared.candidate);
  const auto cpus = compare::cpus_of(compared.candidate.machine);
  SideBinaries binaries{workspace};
  std::vector<Suspect> found;
  for (Judged* judged : suspects) {
    const BenchmarkResult& base = *bases.at(judged->info.id);
    const BenchmarkResult& candidate = *candidates.at(judged->info.id);
    auto old_side = binaries.source_of(compared.base, base, "old");
    auto new_side = binaries.source_of(compared.candidate, candidate, "new");
    if (!old_side || !new_side) {
      judged->unconfirmed = (old_side ? new_side : old_side).error().message;
      continue;
    }
    run::Subject subject{.info = judged->info,
                         .suite = candidate.suite,
                         .sides = {*std::move(old_side), *std::move(new_side)},
                         .launches = 0,
                         .batching = std::nullopt,
                         .visit_seconds = 0.0};
    if (candidate.batching.operations > 0) subject.batching = candidate.batching;
    found.push_back({judged, std::move(subject),
                     compare::LiveDecision{
                         {.threshold = judged->threshold,
                          .alpha = compare::gate_of(judged->info, compared.config, cpus).alpha,
                          .family = family}}});
  }
  return found;
}

/// Why it has no verdict; empty where it has one.
std::string why_undecided(const run::PairedResult& paired) {
  if (const auto failure = failure_of(paired)) {
    return std::string{"the "} + failure->side + " side failed: " + failure->reason;
  }
  return paired.blocks == 0 ? "the time ended before it was measured" : "";
}

void conclude(const Suspect& suspect, const run::PairedResult& paired) {
  Judged& judged = *suspect.judged;
  judged.unconfirmed = why_undecided(paired);
  if (!judged.unconfirmed.empty()) return;
  judged.live = live_of(paired, suspect.decision);
  take_verdict(judged, suspect.decision);
  judged.base = cost_of(paired.old_side);
  judged.candidate = cost_of(paired.new_side);
  judged.doubt.clear();
  if (judged.verdict == Verdict::inconclusive) {
    judged.doubt = paired.settled ? "too near its threshold to call, also live"
                                  : "the time ended before it could be told";
  }
  compare::note_layout(judged);
}

}  // namespace

Result<int> settle_live(compare::Comparison& comparison, const Compared& compared,
                        const ConfirmOptions& options, const Workspace& workspace,
                        const Console& console) {
  const auto placement = machine::place(options.cpus);
  if (!placement) return tl::unexpected{placement.error()};
  const std::vector<Judged*> inconclusive = inconclusive_of(comparison);
  if (inconclusive.empty()) return 0;
  if (const std::string why = why_not_here(compared); !why.empty()) {
    for (Judged* judged : inconclusive) judged->unconfirmed = why;
    return 0;
  }
  auto suspects = measurable(inconclusive, compared, workspace, comparison.judged);
  if (suspects.empty()) return 0;

  std::vector<run::Subject> subjects;
  for (const Suspect& suspect : suspects) subjects.push_back(suspect.subject);
  const ContestPlan plan{.sampling = compared.config.sampling,
                         .placement = *placement,
                         .no_tune = options.no_tune,
                         .seed = draw_seed(),
                         .budget_seconds = options.budget_seconds};
  const BlockJudge judge = [&](std::size_t i, const compare::BlockChange& block, bool last) {
    return decide(suspects[i].decision, block, last);
  };
  run::PairedRun paired_run;
  on_tuned_machine(*placement, options.no_tune, console, [&](const Ready& ready) {
    ProgressLine progress{console, "suspects"};
    paired_run = contest(subjects, plan, ready, judge, std::ref(progress));
  });
  for (std::size_t i = 0; i < suspects.size(); ++i) conclude(suspects[i], paired_run.subjects[i]);
  for (const std::string& warning : warnings_of(paired_run)) comparison.warnings.push_back(warning);
  return paired_run.interrupted_by;
}

}  // namespace pulsebench::app
