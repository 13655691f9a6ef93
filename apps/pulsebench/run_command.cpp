#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "commands.hpp"
#include "compared_run.hpp"
#include "output.hpp"
#include "pulsebench/compare/exit_code.hpp"
#include "pulsebench/config/benchmark_rule.hpp"
#include "pulsebench/counters/events.hpp"
#include "pulsebench/machine/cpu_list.hpp"
#include "pulsebench/machine/hardware_class.hpp"
#include "pulsebench/plan/pace.hpp"
#include "pulsebench/report/listing_page.hpp"
#include "pulsebench/report/plan_page.hpp"
#include "pulsebench/report/run_page.hpp"
#include "pulsebench/session/nightly.hpp"
#include "pulsebench/session/run.hpp"
#include "pulsebench/session/save_baseline.hpp"
#include "pulsebench/vocabulary/nearest.hpp"
#include "pulsebench/vocabulary/try.hpp"
#include "shared_options.hpp"
#include "version.hpp"
#include "whole_project.hpp"

namespace pulsebench::app {
namespace {

/// The events of `--counters`, all of them known to libpfm or to the kernel.
Result<std::vector<std::string>> parse_events(const std::string& text) {
  const auto& usual = counters::default_events();
  PB_TRY(auto names, parse_names(text));
  for (const std::string& name : names) {
    if (std::find(usual.begin(), usual.end(), name) != usual.end()) continue;
    const auto known = counters::check_name(name);
    if (known) continue;
    const auto near = nearest(name, std::vector<std::string_view>{usual.begin(), usual.end()});
    return fail(ErrorCode::bad_input,
                known.error().message +
                    (near ? "; did you mean " + std::string{*near} + "?" : std::string{}));
  }
  return names;
}

std::string next_command(const session::RunRequest& request, bool subset) {
  const std::set<Tier>& tiers = request.selection.tiers;
  const std::string tier =
      tiers.size() == 1 ? " --tier " + std::to_string(number_of(*tiers.begin())) : std::string{};
  if (request.save.empty()) {
    return subset ? "pulsebench run --save main" : "pulsebench baseline save main";
  }
  if (session::day_of(request)) return "pulsebench trend";
  if (request.save == "main") {
    return "pulsebench run" + tier + " --save pr-123 && pulsebench compare main pr-123";
  }
  return "pulsebench compare main " + request.save;
}

render::Page list_of(const session::PreparedRun& prepared, const session::Session& session) {
  const session::Workspace& workspace = session.workspace;
  std::vector<report::ListedBenchmark> listed;
  for (const run::Subject& subject : prepared.subjects) {
    report::ListedBenchmark one{
        .info = subject.info, .suite = subject.suite, .target = std::nullopt};
    const auto target =
        config::target_of(subject.info.id.text(), workspace.config, workspace.targets);
    if (target) one.target = target->cost;
    listed.push_back(std::move(one));
  }
  return report::listing_page(listed, machine::hardware_class(session.environment.machine));
}

report::PlannedRun planned(const session::PreparedRun& prepared, const plan::Sampling& sampling) {
  report::PlannedRun plan;
  plan.preset = prepared.preset;
  plan.seed = prepared.seed;
  plan.like = prepared.like;
  plan.cpu =
      machine::format_cpu_list(prepared.placement.measure) + " (" + prepared.placement.why + ")";
  if (!prepared.placement.warning.empty()) plan.notes.push_back(prepared.placement.warning);
  std::map<std::pair<bool, Tier>, report::PlannedTier> tiers;
  std::set<std::string> executables;
  for (const run::Subject& subject : prepared.subjects) {
    const BenchmarkInfo& info = subject.info;
    report::PlannedTier& tier = tiers[{!info.tier_declared, info.tier}];
    tier.tier = info.tier;
    tier.declared = info.tier_declared;
    ++tier.benchmarks;
    tier.launches = subject.launches;
    tier.slices = sampling.max_slices;
    const int calibration = subject.batching ? 0 : 1;
    plan.estimated_seconds += (subject.launches + calibration) * plan::launch_seconds(sampling);
    executables.insert(subject.sides.front().executable.string());
  }
  for (const auto& [number, tier] : tiers) plan.tiers.push_back(tier);
  plan.suites = {executables.begin(), executables.end()};
  return plan;
}

/// The command line without `--dry-run`, where a shell takes it as it stands.
std::string without_dry_run(const std::vector<std::string>& words) {
  std::string command = "pulsebench";
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (words[i] == "--dry-run") continue;
    const bool plain = words[i].find_first_of(" \t'\"\\$`&|;<>()*?[]{}~#!") == std::string::npos;
    command += " " + (plain ? words[i] : "'" + printable(words[i], 500) + "'");
  }
  return command;
}

struct RunCommand {
  session::RunRequest request;
  bool all = false;
  bool list = false;
  bool dry_run = false;
  bool enforce_targets = false;
  ComparedRun comparison;
  WholeProject project;
  Output output;

  void declare(CLI::App& app) {
    request.counters = counters::default_events();
    declare_selection(app, request.selection);
    OptionGroup what{app, kWhatToMeasure};
    what.flag(
        "--all", all,
        "build the project first; then compare with main of this kind of machine, or save the "
        "result as main where there is none");
    what.value("--only PART", request.selection.only,
               one_of<session::Part>(
                   {{"suites", session::Part::suites}, {"workloads", session::Part::workloads}}),
               "measure suites or workloads alone");
    what.texts("--exe FILE", request.executables,
               "a suite executable, instead of the configured ones");
    declare_command(app, request.command);
    what.values("--inject ID=PERCENT", request.selection.inject, parse_injection,
                "add work on purpose, as in budget/consume=15 (percent)");
    what.value("--counters EVENTS", request.counters, parse_events,
               "events to count, by libpfm's names, as in cycles,instructions; or none");
    what.flag("--instructions", request.instructions,
              "count the instructions of an operation exactly, by valgrind or step by step");
    what.flag("--allocations", request.allocations,
              "count what an operation allocates on the heap");
    what.flag("--list", list, "list what would be measured, and measure nothing");
    what.flag("--dry-run", dry_run, "show the plan, and measure nothing");

    OptionGroup how_long{app, kHowLong};
    how_long.text("--preset NAME", request.selection.preset,
                  "how much to measure: quick, standard or rigorous");
    how_long.value("--time-budget TIME", request.budget_seconds, parse_duration,
                   "take fewer launches to end within this time, as in 60s");
    how_long.text("--like RESULT", request.like,
                  "take batch sizes from this result, to be compared with it (default main)");
    how_long.value("--seed NUMBER", request.seed, parse_seed,
                   "seed for the launch order (default: random; printed and stored)");
    comparison.declare(app);
    declare_machine(app, request);

    OptionGroup results{app, kOutput};
    results.text("--save NAME", request.save,
                 "keep the result as the baseline of this name; nightly/today has the date");
    results.value(
        "--reason WHY", request.reason,
        one_of<std::string>(
            {{"local", "local"}, {"pr", "pr"}, {"nightly", "nightly"}, {"release", "release"}}),
        "why it runs: local, pr, nightly (with --save nightly/DATE it is added to the history of "
        "nights) or release");
    results.flag("--enforce-targets", enforce_targets, "exit with 6 if a target is missed");
    output.declare(app, Shows::results, comparison.explained());
    show_examples(app,
                  {"pulsebench run --tier 0", "pulsebench run --save main",
                   "pulsebench run --all --preset quick     # build, measure, compare with main",
                   "pulsebench run --compare main           # and judge it against main",
                   "pulsebench run --filter '^hooks/' --preset quick",
                   "pulsebench run --command 'gzip -6 -c data' --save gzip    # time and memory",
                   "pulsebench run --inject budget/consume=15 --save slowed   # a slower one",
                   "pulsebench run --reason nightly --save nightly/today      # for the trend"});
  }

  Result<int> execute(Context& context) {
    request.command_line = context.words;
    request.tool_version = kVersion;
    PB_TRY(request.save, session::nightly_name(request.save, request.reason));
    PB_TRY(auto session, context.open_session());
    if (all) {
      PB_CHECK(project.begin(session, list || dry_run, request, comparison, context.console));
    }
    if (comparison) {
      PB_CHECK(comparison.begin(session, output, context.console));
      PB_CHECK(comparison.prepare(session, request));
    }
    if (!list && !dry_run) {
      auto code = measure(session, context.console);
      if (all && code) project.end(context.console);
      return code;
    }
    PB_TRY(const auto prepared, session::prepare_run(session, request));
    auto plan = planned(prepared, session.workspace.config.sampling);
    plan.next_command = without_dry_run(context.words);
    PB_CHECK(
        output.show(list ? list_of(prepared, session) : report::plan_page(plan), context.console));
    return kNothingGates;
  }

  Result<int> measure(const session::Session& session, const Console& console) {
    PB_TRY(const auto result, session::run(session, request));
    project.measured(result, bool{comparison});
    const baseline::Document& document = result.document;
    const bool kept = !result.not_kept;
    if (!result.saved_as.empty() && !request.selection.inject.empty()) {
      console.note("warning: " + result.saved_as + " has work injected on purpose");
    }
    if (comparison && kept && result.interrupted_by == 0) {
      return comparison.judge(session, request, result, enforce_targets, output, console);
    }
    const bool fit = kept && (request.save.empty() ? session::check_savable(session, document)
                                                   : baseline::check_measured(document));
    const auto page = report::run_page(
        document, {.demands = report::demands_of(session.workspace.config),
                   .saved_as = result.saved_as,
                   .next = {.command = fit && !request.command
                                           ? next_command(request, session::is_subset(document))
                                           : ""},
                   .enforce_targets = enforce_targets});
    PB_CHECK(output.show(page, console));
    if (result.not_kept && document.complete) return Failure{*result.not_kept};
    if (result.not_kept) console.note("pulsebench: " + result.not_kept->message);
    return compare::exit_code_of(document, enforce_targets, result.interrupted_by);
  }
};

}  // namespace

Execute declare_run(CLI::App& app) { return declared<RunCommand>(app); }

}  // namespace pulsebench::app
