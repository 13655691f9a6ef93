#include "ab_command.hpp"

#include <algorithm>
#include <map>

#include "comparison_report.hpp"
#include "exit_code.hpp"
#include "progress_line.hpp"
#include "pulsebench/compare/block_change.hpp"
#include "pulsebench/compare/gate.hpp"
#include "pulsebench/compare/reasons.hpp"
#include "pulsebench/machine/fingerprint.hpp"
#include "pulsebench/machine/placement.hpp"
#include "pulsebench/run/duel.hpp"
#include "seed.hpp"
#include "selection.hpp"
#include "sides.hpp"
#include "tuning_context.hpp"

namespace pulsebench::app {
namespace {

using compare::Judged;
using compare::Verdict;

/// Where a benchmark lives in a side.
struct Place {
  const run::Suite* suite = nullptr;
  std::size_t index = 0;

  [[nodiscard]] const BenchmarkInfo& info() const { return suite->benchmarks[index]; }
};

std::map<BenchmarkId, Place> places_of(const std::vector<run::Suite>& suites) {
  std::map<BenchmarkId, Place> places;
  for (const run::Suite& suite : suites) {
    for (std::size_t i = 0; i < suite.benchmarks.size(); ++i) {
      places.emplace(suite.benchmarks[i].id, Place{&suite, i});
    }
  }
  return places;
}

Judged not_judged(const BenchmarkInfo& info, const std::string& why) {
  return {.info = info, .verdict = Verdict::not_judged, .reason = why};
}

/// The benchmarks to measure, and those that cannot be held against anything.
struct Matched {
  std::vector<run::Subject> subjects;
  std::vector<Judged> left_out;
};

Matched match(const std::vector<run::Subject>& wanted, const SideSuites& old_side,
              const SideSuites& new_side) {
  const auto old_places = places_of(old_side.suites);
  const auto new_places = places_of(new_side.suites);
  Matched matched;
  for (const run::Subject& subject : wanted) {
    const auto found = old_places.find(subject.info.id);
    if (found == old_places.end()) {
      matched.left_out.push_back(not_judged(subject.info, "only in the new side"));
    } else if (found->second.info().version != subject.info.version) {
      matched.left_out.push_back(not_judged(subject.info, "another version of the benchmark"));
    } else {
      run::Subject both = subject;
      both.sides.insert(both.sides.begin(),
                        run::source_of(*found->second.suite, found->second.index));
      matched.subjects.push_back(std::move(both));
    }
  }
  for (const auto& [id, place] : old_places) {
    if (new_places.count(id) != 0) continue;
    matched.left_out.push_back(not_judged(place.info(), "only in the old side"));
  }
  return matched;
}

/// The median over the blocks of what one side's visits show.
std::optional<NsPerOp> shown(const run::Measured& side) {
  if (side.visits.empty()) return std::nullopt;
  std::vector<double> quantiles;
  for (const Visit& visit : side.visits) quantiles.push_back(compare::low_quantile(visit));
  const auto middle = quantiles.begin() + static_cast<std::ptrdiff_t>(quantiles.size() / 2);
  std::nth_element(quantiles.begin(), middle, quantiles.end());
  return NsPerOp{*middle};
}

Judged judged_of(const run::Subject& subject, const run::Dueled& dueled,
                 const compare::LiveDecision& decision, const compare::Gate& gate) {
  Judged judged{.info = subject.info};
  judged.base = shown(dueled.old_side);
  judged.candidate = shown(dueled.new_side);
  judged.threshold = gate.threshold;
  judged.gates = gate.gates;
  judged.oversubscribed = gate.oversubscribed;
  judged.live = compare::Live{
      .blocks = dueled.blocks, .seconds = dueled.seconds, .guard = name_of(decision.guard())};
  for (const auto& [side, name] : {std::pair{&dueled.new_side, "new"}, {&dueled.old_side, "old"}}) {
    if (side->outcome.status == Status::ok || side->outcome.status == Status::not_measured)
      continue;
    judged.failed = true;
    judged.reason = std::string{"the "} + name + " side failed: " + side->outcome.reason;
    return judged;
  }
  if (dueled.blocks == 0) {
    judged.reason = "no block was measured on both sides";
    return judged;
  }
  judged.verdict = decision.verdict();
  judged.change = decision.change();
  judged.change_low = judged.change_high = judged.change;
  if (const auto interval = decision.interval()) {
    judged.change_low = interval->low;
    judged.change_high = interval->high;
  }
  if (judged.verdict == Verdict::inconclusive) {
    judged.reason = dueled.settled ? "too near its threshold to call"
                                   : "the time ended before it could be told";
  }
  if (gate.oversubscribed) {
    judged.reason += (judged.reason.empty() ? "" : "; ") + compare::why_it_never_gates(judged.info);
  }
  return judged;
}

double visit_share(const run::Duel& duel) {
  double in_visits = 0.0;
  for (const run::Dueled& dueled : duel.subjects) {
    for (const run::Measured* side : {&dueled.old_side, &dueled.new_side}) {
      for (const Visit& visit : side->visits) in_visits += visit.seconds;
    }
  }
  return duel.seconds > 0.0 ? in_visits / duel.seconds : 0.0;
}

struct Prepared {
  Workspace workspace;
  machine::Placement placement;
  Matched matched;
};

Result<Prepared> prepare(const Invocation& invocation, const AbOptions& options,
                         const Console& console) {
  auto workspace = open_workspace(invocation.common);
  if (!workspace) return tl::unexpected{workspace.error()};
  workspace->config = gates_for(options.gates, workspace->config);
  auto placement = machine::place(options.cpus);
  if (!placement) return tl::unexpected{placement.error()};
  const auto old_side = open_side(options.old_side, *workspace, console);
  if (!old_side) return tl::unexpected{old_side.error()};
  const auto new_side = open_side(options.new_side, *workspace, console);
  if (!new_side) return tl::unexpected{new_side.error()};
  RunOptions selection;
  selection.tiers = options.tiers;
  selection.filter = options.filter;
  selection.inject = options.inject;
  const auto wanted = select(new_side->suites, selection, workspace->config);
  if (!wanted) return tl::unexpected{wanted.error()};
  auto matched = match(*wanted, *old_side, *new_side);
  if (matched.subjects.empty()) {
    return fail(ErrorCode::bad_input,
                "the two sides have no benchmark in common; compare their "
                "names with --benchmark_list_tests");
  }
  return Prepared{.workspace = *std::move(workspace),
                  .placement = *std::move(placement),
                  .matched = std::move(matched)};
}

compare::Comparison contest(const AbOptions& options, const Prepared& prepared,
                            const machine::Tuning& tuning, const run::Interrupt& interrupt,
                            const Console& console) {
  const std::vector<run::Subject>& subjects = prepared.matched.subjects;
  const auto cpus = compare::cpus_of(machine::fingerprint(machine::Roots{}));
  std::vector<compare::Gate> gates;
  std::vector<compare::LiveDecision> decisions;
  for (const run::Subject& subject : subjects) {
    gates.push_back(compare::gate_of(subject.info, prepared.workspace.config, cpus));
    decisions.emplace_back(compare::LiveRule{.threshold = gates.back().threshold,
                                             .alpha = options.family_alpha,
                                             .family = static_cast<int>(subjects.size()),
                                             .most_blocks = options.max_blocks});
  }
  const run::DuelSettings settings{.sampling = prepared.workspace.config.sampling,
                                   .cpus = prepared.placement.measure,
                                   .settle = settle_of(tuning, options.no_tune, prepared.placement),
                                   .seed = options.seed.value_or(draw_seed()),
                                   .max_blocks = options.max_blocks,
                                   .budget_seconds = options.budget_seconds};
  ProgressLine progress{console};
  const run::Judge judge = [&](std::size_t i, const Visit& old_side, const Visit& new_side) {
    decisions[i].add(compare::block_change(old_side, new_side));
    return decisions[i].decided();
  };
  const run::Duel duel = run::duel(subjects, settings, interrupt, judge, std::ref(progress));

  compare::Comparison comparison;
  comparison.base_name = options.old_side;
  comparison.candidate_name = options.new_side;
  comparison.judged = static_cast<int>(subjects.size());
  comparison.interval_level = 0.95;
  comparison.visit_share = visit_share(duel);
  comparison.warnings.push_back("seed " + std::to_string(settings.seed));
  if (!duel.aslr_off) {
    comparison.warnings.push_back(
        "address randomisation could not be switched off for the suites: results spread more");
  }
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    comparison.benchmarks.push_back(
        judged_of(subjects[i], duel.subjects[i], decisions[i], gates[i]));
  }
  comparison.benchmarks.insert(comparison.benchmarks.end(), prepared.matched.left_out.begin(),
                               prepared.matched.left_out.end());
  return comparison;
}

}  // namespace

int ab_command(const Invocation& invocation, const AbOptions& options, const Console& console) {
  const auto prepared = prepare(invocation, options, console);
  if (!prepared) return console.fail(prepared.error());
  if (!prepared->placement.warning.empty()) console.note("warning: " + prepared->placement.warning);
  if (auto pinned = machine::pin_to(prepared->placement.orchestrate); !pinned) {
    console.note("warning: " + pinned.error().message);
  }
  auto tuning = tune(options.no_tune, prepared->placement, console);
  const run::Interrupt interrupt;
  const auto comparison = contest(options, *prepared, tuning, interrupt, console);
  for (const std::string& line : tuning.put_back().left_alone) console.note("pulsebench: " + line);
  const int code = interrupt.signal() != 0 ? exit_code_of_signal(interrupt.signal())
                                           : exit_code_of(comparison, options.gates.strict);
  const auto written = console.write(
      comparison_report(comparison, options.shown, code, {}, console), options.shown.output);
  return written ? code : console.fail(written.error());
}

}  // namespace pulsebench::app
