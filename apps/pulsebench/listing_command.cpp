#include "listing_command.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "exit_code.hpp"
#include "pulsebench/machine/cpu_list.hpp"
#include "pulsebench/report/dry_run.hpp"
#include "pulsebench/report/listing.hpp"

namespace pulsebench::app {
namespace {

int write(const std::string& text, const RunOptions& options, const Console& console) {
  const auto written = console.write(text, options.output);
  return written ? kNothingGates : console.fail(written.error());
}

/// Visit, warm-up and process of one launch.
double launch_seconds(const plan::Sampling& sampling) {
  constexpr double kProcess = 0.005;
  return std::chrono::duration<double>(sampling.visit + sampling.warm_up).count() + kProcess;
}

report::PlannedRun planned(const session::PreparedRun& prepared,
                           const session::Workspace& workspace) {
  const plan::Sampling& sampling = workspace.config.sampling;
  report::PlannedRun plan;
  plan.preset = prepared.preset;
  plan.seed = prepared.seed;
  plan.like = prepared.like;
  plan.cpu =
      machine::format_cpu_list(prepared.placement.measure) + " (" + prepared.placement.why + ")";
  if (!prepared.placement.warning.empty()) plan.notes.push_back(prepared.placement.warning);
  std::map<Tier, report::PlannedTier> tiers;
  std::set<std::string> executables;
  for (const run::Subject& subject : prepared.subjects) {
    report::PlannedTier& tier = tiers[subject.info.tier];
    tier.tier = subject.info.tier;
    ++tier.benchmarks;
    tier.launches = subject.launches;
    tier.slices = sampling.max_slices;
    const int calibration = subject.batching ? 0 : 1;
    plan.estimated_seconds += (subject.launches + calibration) * launch_seconds(sampling);
    executables.insert(subject.sides.front().executable.string());
  }
  for (const auto& [number, tier] : tiers) plan.tiers.push_back(tier);
  plan.suites = {executables.begin(), executables.end()};
  plan.next_command = "the same without --dry-run";
  return plan;
}

}  // namespace

int list_benchmarks(const session::PreparedRun& prepared, const session::Workspace& workspace,
                    const RunOptions& options, const Console& console) {
  std::vector<report::ListedBenchmark> listed;
  for (const run::Subject& subject : prepared.subjects) {
    report::ListedBenchmark one{
        .info = subject.info, .suite = subject.suite, .target = std::nullopt};
    const auto target = workspace.targets.find(subject.info.id.text());
    if (target != workspace.targets.end()) one.target = target->second.cost;
    listed.push_back(std::move(one));
  }
  const std::string text = options.format == Format::json
                               ? report::list_json(listed)
                               : report::list_text(listed, console.style_for(options.output));
  return write(text, options, console);
}

int show_plan(const session::PreparedRun& prepared, const session::Workspace& workspace,
              const RunOptions& options, const Console& console) {
  return write(
      report::dry_run_text(planned(prepared, workspace), console.style_for(options.output)),
      options, console);
}

}  // namespace pulsebench::app
