#include "settle_live.hpp"

#include <algorithm>
#include <map>
#include <vector>

#include "progress_line.hpp"
#include "pulsebench/compare/block_change.hpp"
#include "pulsebench/compare/gate.hpp"
#include "pulsebench/compare/live_decision.hpp"
#include "pulsebench/machine/fingerprint.hpp"
#include "pulsebench/machine/placement.hpp"
#include "pulsebench/run/duel.hpp"
#include "pulsebench/stats/quantile.hpp"
#include "pulsebench/vocabulary/benchmark_id.hpp"
#include "seed.hpp"
#include "side_binaries.hpp"
#include "tuning_context.hpp"

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

/// The median over the blocks of what one side's visits show. Precondition: there is one.
NsPerOp cost_of(const run::Measured& side) {
  std::vector<double> quantiles;
  for (const Visit& visit : side.visits) quantiles.push_back(compare::low_quantile(visit));
  return NsPerOp{stats::median(quantiles)};
}

/// What went wrong on a side; empty where nothing did.
std::string failure_of(const run::Dueled& dueled) {
  for (const auto& [side, name] : {std::pair{&dueled.old_side, "old"}, {&dueled.new_side, "new"}}) {
    const Outcome& outcome = side->outcome;
    if (outcome.status == Status::ok || outcome.status == Status::not_measured) continue;
    return std::string{"the "} + name + " side failed: " + outcome.reason;
  }
  return dueled.blocks == 0 ? "the time ended before it was measured" : "";
}

void conclude(const Suspect& suspect, const run::Dueled& dueled) {
  Judged& judged = *suspect.judged;
  const compare::LiveDecision& decision = suspect.decision;
  judged.unconfirmed = failure_of(dueled);
  if (!judged.unconfirmed.empty()) return;
  judged.live = compare::Live{.blocks = dueled.blocks,
                              .seconds = dueled.seconds,
                              .guard = compare::name_of(decision.guard())};
  judged.verdict = decision.verdict();
  judged.base = cost_of(dueled.old_side);
  judged.candidate = cost_of(dueled.new_side);
  judged.change = judged.change_low = judged.change_high = decision.change();
  if (const auto interval = decision.interval()) {
    judged.change_low = interval->low;
    judged.change_high = interval->high;
  }
  judged.doubt = decision.decided() && judged.verdict != Verdict::inconclusive ? ""
                 : dueled.settled ? "too near its threshold to call, also live"
                                  : "the time ended before it could be told";
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
  const run::Interrupt interrupt;
  auto suspects = measurable(inconclusive, compared, workspace, comparison.judged);
  if (suspects.empty() || interrupt.signal() != 0) return interrupt.signal();

  if (!placement->warning.empty()) console.note("warning: " + placement->warning);
  if (auto pinned = machine::pin_to(placement->orchestrate); !pinned) {
    console.note("warning: " + pinned.error().message);
  }
  auto tuning = tune(options.no_tune, *placement, console);
  const run::DuelSettings settings{
      .sampling = compared.config.sampling,
      .cpus = {.measuring = placement->measure, .crew = crew_for(tuning, *placement)},
      .settle = settle_of(tuning, options.no_tune, *placement),
      .seed = draw_seed(),
      .budget_seconds = options.budget_seconds};
  std::vector<run::Subject> subjects;
  for (const Suspect& suspect : suspects) subjects.push_back(suspect.subject);
  const auto duel = [&] {
    ProgressLine progress{console};
    const run::Judge judge = [&](std::size_t i, const Visit& old_side, const Visit& new_side) {
      suspects[i].decision.add(compare::block_change(old_side, new_side));
      return suspects[i].decision.decided();
    };
    return run::duel(std::move(subjects), settings, interrupt, judge, std::ref(progress));
  }();
  for (const std::string& line : tuning.put_back().left_alone) console.note("pulsebench: " + line);
  for (std::size_t i = 0; i < suspects.size(); ++i) conclude(suspects[i], duel.subjects[i]);
  if (!duel.aslr_off) {
    comparison.warnings.emplace_back(
        "address randomisation could not be switched off for the suites: results spread more");
  }
  return interrupt.signal();
}

}  // namespace pulsebench::app
