#include "ab_command.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "comparison_report.hpp"
#include "contest.hpp"
#include "exit_code.hpp"
#include "live_approvals.hpp"
#include "progress_line.hpp"
#include "pulsebench/compare/counts.hpp"
#include "pulsebench/compare/observations.hpp"
#include "pulsebench/compare/reasons.hpp"
#include "pulsebench/wire/benchmark_name.hpp"
#include "seed.hpp"
#include "selection.hpp"
#include "sides.hpp"

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

Judged missing(const run::Subject& subject, const config::Config& config) {
  Judged judged = not_judged(subject.info, "only in the old side");
  const compare::Gate gate = gates_of({subject}, config).front();
  judged.missing = true;
  judged.gates = gate.gates;
  judged.oversubscribed = gate.oversubscribed;
  return judged;
}

/// Whether the suite says that it was built so that where its code lies does not decide its figures
/// (`cmake/PulsebenchAddSuite.cmake`). A foreign program says nothing.
bool is_aligned(const run::Suite& suite) {
  return std::any_of(suite.build.begin(), suite.build.end(), [](const auto& fact) {
    return fact.first == "flags" && fact.second.find("-falign-functions=64") != std::string::npos &&
           fact.second.find("-falign-loops=64") != std::string::npos;
  });
}

/// Whether where the code lies cannot be what makes the two differ.
bool lie_alike(const run::Suite& before, const run::Suite& now) {
  return before.executable == now.executable || (is_aligned(before) && is_aligned(now));
}

/// Why two benchmarks of one id do not measure the same thing; empty where they do.
std::string why_not_the_same(const Place& before, const Place& now) {
  if (before.info().version != now.info().version) {
    return "it measures something else now (version " + std::to_string(before.info().version) +
           " then, " + std::to_string(now.info().version) + " now)";
  }
  const auto by_hand = [](const Place& place) {
    return place.suite->driver == run::Driver::foreign &&
           wire::is_timed_by_hand(place.suite->native_names[place.index]);
  };
  if (by_hand(before) == by_hand(now)) return {};
  return "it sets its time by hand (manual_time) on one side only";
}

/// The benchmarks to measure, and those that cannot be held against anything.
struct Matched {
  std::vector<run::Subject> subjects;
  std::vector<bool> alike;  ///< of each subject: whether its code lies alike in both builds
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
    } else if (const std::string why = why_not_the_same(found->second, new_places.at(found->first));
               !why.empty()) {
      matched.left_out.push_back(not_judged(subject.info, why));
      matched.left_out.back().failed = true;
    } else {
      run::Subject both = subject;
      both.sides.insert(both.sides.begin(),
                        run::source_of(*found->second.suite, found->second.index));
      matched.subjects.push_back(std::move(both));
      matched.alike.push_back(lie_alike(*found->second.suite, *new_places.at(found->first).suite));
    }
  }
  return matched;
}

bool lists(const SideSuites& side, const BenchmarkId& id) {
  return places_of(side.suites).count(id) != 0;
}

Judged judged_of(const run::Subject& subject, const run::PairedResult& paired,
                 const compare::LiveDecision& decision, const compare::Gate& gate, bool alike) {
  Judged judged{.info = subject.info};
  judged.base = cost_of(paired.old_side);
  judged.candidate = cost_of(paired.new_side);
  judged.threshold = gate.threshold;
  judged.gates = gate.gates;
  judged.oversubscribed = gate.oversubscribed;
  judged.live = live_of(paired, decision);
  if (const auto failure = failure_of(paired)) {
    judged.failed = true;
    judged.reason = std::string{"the "} + failure->side + " side failed: " + failure->reason;
    return judged;
  }
  if (paired.blocks == 0) {
    judged.reason = "no block was measured on both sides";
    return judged;
  }
  take_verdict(judged, decision);
  judged.layout_suspect = judged.verdict == Verdict::regressed && !alike;
  if (judged.verdict == Verdict::inconclusive) {
    judged.reason = paired.settled ? "too near its threshold to call"
                                   : "the time ended before it could be told";
  }
  std::vector<std::string> seen;
  compare::note_processed(paired.old_side.visits.front().processed,
                          paired.new_side.visits.front().processed, judged);
  if (std::string moved = compare::explain(judged); !moved.empty())
    seen.push_back(std::move(moved));
  if (gate.oversubscribed) seen.push_back(compare::why_it_never_gates(judged.info));
  for (const auto& [side, name] : {std::pair{&paired.new_side, "new"}, {&paired.old_side, "old"}}) {
    for (std::string& line : compare::seen_live(side->visits, name))
      seen.push_back(std::move(line));
  }
  for (const std::string& line : seen) judged.reason += (judged.reason.empty() ? "" : "; ") + line;
  return judged;
}

struct Prepared {
  Workspace workspace;
  machine::Placement placement;
  SideSuites old_side;
  std::vector<baseline::Approval> approvals;
  Matched matched;
};

Result<Prepared> prepare(const Invocation& invocation, const AbOptions& options,
                         const Console& console) {
  auto workspace = open_workspace(invocation.common);
  if (!workspace) return tl::unexpected{workspace.error()};
  workspace->config = gates_for(options.contest.gates, workspace->config);
  auto approvals = workspace->store.approvals();
  if (!approvals) return tl::unexpected{approvals.error()};
  auto placement = machine::place(options.contest.cpus);
  if (!placement) return tl::unexpected{placement.error()};
  auto old_side = open_side(options.old_side, *workspace, console);
  if (!old_side) return tl::unexpected{old_side.error()};
  const auto new_side = open_side(options.new_side, *workspace, console);
  if (!new_side) return tl::unexpected{new_side.error()};
  RunOptions selection;
  selection.tiers = options.contest.tiers;
  selection.filter = options.contest.filter;
  selection.inject = options.inject;
  const auto wanted = select(new_side->suites, selection, workspace->config);
  if (!wanted) return tl::unexpected{wanted.error()};
  auto matched = match(*wanted, *old_side, *new_side);
  selection.inject.clear();
  const auto had = select(old_side->suites, selection, workspace->config);
  for (const run::Subject& subject : had.value_or(std::vector<run::Subject>{})) {
    if (lists(*new_side, subject.info.id)) continue;
    matched.left_out.push_back(missing(subject, workspace->config));
  }
  if (matched.subjects.empty()) {
    for (const Judged& judged : matched.left_out) {
      if (!judged.failed) continue;
      return fail(ErrorCode::nothing_measured,
                  "'" + judged.info.id.text() + "' cannot be judged: " + judged.reason);
    }
    return fail(ErrorCode::not_comparable,
                "the two sides have no benchmark in common; compare their "
                "names with --benchmark_list_tests");
  }
  return Prepared{.workspace = *std::move(workspace),
                  .placement = *std::move(placement),
                  .old_side = *std::move(old_side),
                  .approvals = *std::move(approvals),
                  .matched = std::move(matched)};
}

/// The likely next one: what was flagged is looked at again alone, what is open gets more blocks.
std::string next_command(const AbOptions& options, const compare::Comparison& comparison) {
  for (const auto& [verdict, what, more] :
       {std::tuple{Verdict::regressed, "look at it alone", ""},
        {Verdict::inconclusive, "settle it", " --max-blocks 1000"}}) {
    for (const Judged& judged : comparison.benchmarks) {
      const std::string& id = judged.info.id.text();
      if (judged.verdict != verdict || id.find_first_of("'\\^$.|?*+()[]{}") != std::string::npos) {
        continue;
      }
      return std::string{what} + ": pulsebench ab " + printable(options.old_side) + " " +
             printable(options.new_side) + " --filter '^" + id + "$'" + more;
    }
  }
  if (comparison.misses_gating()) {
    return "restore what is missing, or accept that it is gone: pulsebench ab " +
           printable(options.old_side) + " " + printable(options.new_side) + " --allow-missing";
  }
  return {};
}

struct Contested {
  run::PairedRun paired_run;
  std::vector<compare::Gate> gates;
  std::vector<compare::LiveDecision> decisions;
};

Contested measure(const AbOptions& options, const Prepared& prepared, const ContestPlan& plan,
                  const Ready& ready, const Console& console) {
  const std::vector<run::Subject>& subjects = prepared.matched.subjects;
  Contested contested;
  contested.gates = gates_of(subjects, prepared.workspace.config);
  for (const compare::Gate& gate : contested.gates) {
    contested.decisions.emplace_back(rule_of(gate, options.contest, plan, subjects.size()));
  }
  const BlockJudge judge = [&](std::size_t i, const compare::BlockChange& block, bool last) {
    return decide(contested.decisions[i], block, last);
  };
  ProgressLine progress{console, "benchmarks"};
  contested.paired_run = contest(subjects, plan, ready, judge, std::ref(progress));
  return contested;
}

compare::Comparison comparison_of(const AbOptions& options, const Prepared& prepared,
                                  const Contested& contested, std::uint64_t seed) {
  const std::vector<run::Subject>& subjects = prepared.matched.subjects;
  compare::Comparison comparison;
  comparison.base_name = options.old_side;
  comparison.candidate_name = options.new_side;
  comparison.judged = static_cast<int>(subjects.size());
  comparison.interval_level = 0.95;
  comparison.visit_share = visit_share(contested.paired_run);
  comparison.seed = seed;
  comparison.missing_allowed = options.contest.gates.allow_missing;
  comparison.warnings = warnings_of(contested.paired_run);
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    comparison.benchmarks.push_back(judged_of(subjects[i], contested.paired_run.subjects[i],
                                              contested.decisions[i], contested.gates[i],
                                              prepared.matched.alike[i]));
  }
  comparison.benchmarks.insert(comparison.benchmarks.end(), prepared.matched.left_out.begin(),
                               prepared.matched.left_out.end());
  return comparison;
}

}  // namespace

int ab_command(const Invocation& invocation, const AbOptions& options, const Console& console) {
  const auto prepared = prepare(invocation, options, console);
  if (!prepared) return console.fail(prepared.error());
  const ContestPlan plan{.sampling = prepared->workspace.config.sampling,
                         .placement = prepared->placement,
                         .no_tune = options.contest.no_tune,
                         .seed = options.contest.seed.value_or(draw_seed()),
                         .effort = effort_of(options.contest, plan::Effort{}),
                         .budget_seconds = options.contest.budget_seconds};
  Contested contested;
  on_tuned_machine(plan.placement, plan.no_tune, console, [&](const Ready& ready) {
    contested = measure(options, *prepared, plan, ready, console);
  });
  auto comparison = comparison_of(options, *prepared, contested, plan.seed);
  approve_live(comparison, prepared->approvals, prepared->old_side, prepared->workspace);
  const int signal = contested.paired_run.interrupted_by;
  const int code = signal != 0 ? exit_code_of_signal(signal)
                               : exit_code_of(comparison, options.contest.gates.strict);
  const auto written = console.write(comparison_report(comparison, options.shown, code,
                                                       next_command(options, comparison), console),
                                     options.shown.output);
  return written ? code : console.fail(written.error());
}

}  // namespace pulsebench::app
