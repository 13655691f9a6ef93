#include "pulsebench/session/explanation.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "pulsebench/profile/inlined_change.hpp"
#include "pulsebench/profile/instruction_change.hpp"
#include "pulsebench/run/callgrind.hpp"
#include "pulsebench/run/interrupt.hpp"
#include "pulsebench/session/counted_operation.hpp"
#include "pulsebench/session/source_files.hpp"

namespace pulsebench::session {
namespace {

using compare::Judged;

Explanation not_explained(std::string reason) { return {.reason = std::move(reason)}; }

/// What regressed: what fails the run first, then the largest change.
std::vector<Judged*> regressions_of(compare::Comparison& comparison) {
  std::vector<Judged*> found;
  for (Judged& judged : comparison.benchmarks) {
    const bool has_functions = !judged.info.metric;  // a workload is no loop that can be counted
    if (judged.verdict == compare::Verdict::regressed && has_functions) found.push_back(&judged);
  }
  const auto fails = [](const Judged* one) { return one->fails() && one->gates; };
  std::ranges::stable_sort(found, [&](const Judged* one, const Judged* other) {
    if (fails(one) != fails(other)) return fails(one);
    return one->change.value > other->change.value;
  });
  return found;
}

void name_sources(Explanation& explanation, const SourceFiles& sources) {
  for (FunctionChange& function : explanation.functions) {
    function.where = sources.name(function.where);
    if (function.inlined) function.inlined->where = sources.name(function.inlined->where);
  }
}

Explanation explain(run::Launcher& launcher, const CountedSides& sides, const BenchmarkId& id) {
  const auto base = count_operation(launcher, sides.old_side, id, sides.operations);
  if (!base) return not_explained("the old side: " + base.error());
  const auto candidate = count_operation(launcher, sides.new_side, id, sides.operations);
  if (!candidate) return not_explained("the new side: " + candidate.error());
  Explanation explanation = profile::change_of_instructions(*base, *candidate);
  profile::name_inlined(explanation, *base, *candidate);
  return explanation;
}

/// Whether the additional instructions are at least half of the change: then it is not the place of
/// the code.
bool instructions_suffice(const Judged& judged) {
  const Explanation& counted = *judged.explanation;
  return counted.counted() && counted.base > 0.0 &&
         100.0 * counted.difference() / counted.base >= judged.change.value / 2.0;
}

}  // namespace

void explain_regressions(compare::Comparison& comparison, const Explained& which,
                         const SidesOf& sides_of, const Session& session) {
  std::vector<Judged*> regressions = regressions_of(comparison);
  if (which.most <= 0 || regressions.empty()) return;
  regressions.resize(std::min(regressions.size(), static_cast<std::size_t>(which.most)));
  if (run::find_valgrind().empty()) {
    if (!which.asked) return;
    for (Judged* judged : regressions) {
      judged->explanation = not_explained("valgrind is not installed (Debian package valgrind)");
    }
    return;
  }
  const run::Interrupt interrupt;
  run::Launcher launcher{
      plan::Occasion::launch, session.workspace.config.sampling, {}, {}, interrupt};
  const SourceFiles sources{session.workspace.root};
  run::Progress progress{.done = 0, .total = regressions.size(), .current = {}};
  const auto report = session.progress("explanations");
  for (Judged* judged : regressions) {
    if (interrupt.signal() != 0) return;
    progress.current = judged->info.id.text();
    report(progress);
    const auto sides = sides_of(*judged);
    judged->explanation =
        sides ? explain(launcher, *sides, judged->info.id) : not_explained(sides.error().message);
    name_sources(*judged->explanation, sources);
    if (instructions_suffice(*judged)) judged->layout_suspect = false;
    ++progress.done;
  }
}

}  // namespace pulsebench::session
