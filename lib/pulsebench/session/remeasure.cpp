#include "pulsebench/session/remeasure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "pulsebench/compare/counts.hpp"
#include "pulsebench/compare/gate.hpp"
#include "pulsebench/compare/reasons.hpp"
#include "pulsebench/machine/fingerprint.hpp"
#include "pulsebench/session/side_binaries.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace {

using baseline::BenchmarkResult;
using compare::Judged;
using compare::Reason;
using compare::ReasonCode;
using compare::Verdict;

/// A suspect, and how both of its sides are measured again.
struct Suspect {
  Judged* judged;
  run::Subject subject;
};

/// What the stored results leave in doubt: what is inconclusive, and what improved, for the old
/// result may have been measured under load.
std::vector<Judged*> suspects_of(compare::Comparison& comparison) {
  std::vector<Judged*> found;
  for (Judged& judged : comparison.benchmarks) {
    const bool is_open = judged.verdict == Verdict::inconclusive;
    if (is_open || judged.verdict == Verdict::improved) found.push_back(&judged);
  }
  return found;
}

/// Why nothing can be measured again on this machine; empty where it can.
std::optional<Reason> why_not_here(const Compared& compared, const Session& session) {
  const std::string key = machine::fingerprint(session.environment.machine).key;
  for (const auto& [document, side] : {std::pair{&compared.base, compare::Side::old_side},
                                       {&compared.candidate, compare::Side::new_side}}) {
    if (document->machine.key == key) continue;
    return Reason{
        .code = ReasonCode::other_machine, .texts = {document->machine.key, key}, .side = side};
  }
  return std::nullopt;
}

/// Those of `suspects` that can be measured; the others get the reason why not.
std::vector<Suspect> measurable(const std::vector<Judged*>& suspects, const Compared& compared,
                                const Renamed& renamed, SideBinaries& binaries) {
  const ResultsById bases = by_id(compared.base), candidates = by_id(compared.candidate);
  std::vector<Suspect> found;
  for (Judged* judged : suspects) {
    const BenchmarkResult& base = *bases.at(judged->info.id);
    const BenchmarkResult& candidate = *candidates.at(judged->info.id);
    const BenchmarkId& id = judged->info.id;
    auto old_side = binaries.source_of(compared.base, base, renamed.old_id(id));
    auto new_side = binaries.source_of(compared.candidate, candidate, id);
    if (!old_side || !new_side) {
      judged->unconfirmed = {
          .code = ReasonCode::suite_unavailable,
          .texts = {fmt::format("the {} side's {}; measure that build here again, or compare the "
                                "builds with pulsebench ab",
                                old_side ? "new" : "old",
                                (old_side ? new_side : old_side).error().message)}};
      continue;
    }
    run::Subject subject{.info = judged->info,
                         .suite = candidate.suite,
                         .sides = {*std::move(old_side), *std::move(new_side)},
                         .launches = 0,
                         .batching = std::nullopt,
                         .visit_seconds = 0.0};
    const bool foreign = subject.sides.back().driver == run::Driver::foreign;
    if (!foreign && candidate.batching.operations > 0) subject.batching = candidate.batching;
    found.push_back({judged, std::move(subject)});
  }
  return found;
}

compare::LiveRule rule_of(const Judged& judged, const Compared& compared, int family) {
  const auto cpus = compare::cpus_of(compared.candidate.machine);
  return {.threshold = judged.threshold,
          .alpha = compare::gate_of(judged.info, compared.config, cpus).alpha,
          .family = family};
}

/// Why it was not measured again; empty where it was.
std::optional<Reason> why_unconfirmed(const run::PairedResult& paired) {
  if (auto failure = failure_of(paired)) return failure;
  if (paired.blocks == 0) return Reason{.code = ReasonCode::not_reached};
  return std::nullopt;
}

void conclude(Judged& judged, const run::PairedResult& paired,
              const compare::LiveDecision& decision) {
  judged.unconfirmed = why_unconfirmed(paired);
  if (judged.unconfirmed) return;
  judged.live = live_of(paired, decision);
  take_verdict(judged, decision);
  judged.base = cost_of(paired.old_side);
  judged.candidate = cost_of(paired.new_side);
  compare::set_doubt(judged, judged.verdict == Verdict::inconclusive
                                 ? std::optional{why_undecided(judged, paired, decision)}
                                 : std::nullopt);
  compare::note_layout(judged);
}

}  // namespace

Result<int> remeasure_suspects(compare::Comparison& comparison, const Compared& compared,
                               const Renamed& renamed, const PairedRequest& request,
                               const Session& session) {
  PB_TRY(const PairedPlan plan, plan_pairs(session, request, plan::Effort{}));
  const std::vector<Judged*> open = suspects_of(comparison);
  if (open.empty()) return 0;
  if (const auto why = why_not_here(compared, session)) {
    for (Judged* judged : open) judged->unconfirmed = why;
    return 0;
  }
  SideBinaries binaries{session};
  const auto suspects = measurable(open, compared, renamed, binaries);
  if (suspects.empty()) return 0;

  std::vector<run::Subject> subjects;
  std::vector<compare::LiveDecision> decisions;
  for (const Suspect& suspect : suspects) {
    subjects.push_back(suspect.subject);
    decisions.emplace_back(rule_of(*suspect.judged, compared, comparison.judged));
  }
  const OnDecided tell = [&](std::size_t i) {
    Judged judged = *suspects[i].judged;
    take_decision(judged, decisions[i]);
    session.tell(judged);
  };
  for (const Judged& judged : comparison.benchmarks) {
    if (std::ranges::find(open, &judged) == open.end()) session.tell(judged);
  }
  TunedMachine machine{session, plan.placement, plan.no_tune};
  const run::PairedRun paired_run =
      decide_pairs(session, subjects, plan, machine, decisions, session.progress("suspects"), tell);
  for (std::size_t i = 0; i < suspects.size(); ++i) {
    conclude(*suspects[i].judged, paired_run.subjects[i], decisions[i]);
    compare::warn_of_counts(*suspects[i].judged, comparison);
  }
  for (Reason& warning : warnings_of(paired_run)) {
    comparison.warnings.push_back(std::move(warning));
  }
  return paired_run.interrupted_by;
}

}  // namespace pulsebench::session
