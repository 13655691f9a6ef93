#include "run_command.hpp"

#include <algorithm>
#include <csignal>
#include <optional>

#include "counters_command.hpp"
#include "exit_code.hpp"
#include "kept_binaries.hpp"
#include "listing_command.hpp"
#include "progress_line.hpp"
#include "pulsebench/baseline/codec.hpp"
#include "pulsebench/machine/fingerprint.hpp"
#include "pulsebench/machine/git.hpp"
#include "pulsebench/machine/placement.hpp"
#include "pulsebench/machine/state.hpp"
#include "pulsebench/report/dashboard.hpp"
#include "pulsebench/report/target_verdict.hpp"
#include "result_document.hpp"
#include "seed.hpp"
#include "selection.hpp"
#include "tuning_context.hpp"
#include "workspace.hpp"

namespace pulsebench::app {
namespace {

std::string next_command(const RunOptions& options) {
  const std::string tier = options.tiers.size() == 1
                               ? " --tier " + std::to_string(number_of(*options.tiers.begin()))
                               : std::string{};
  if (options.save.empty()) return "pulsebench baseline save main";
  if (options.save == "main") {
    return "pulsebench run" + tier + " --save pr-123 && pulsebench compare main pr-123";
  }
  return "pulsebench compare main " + options.save;
}

bool measured(const baseline::BenchmarkResult& benchmark) {
  return benchmark.outcome.status == Status::ok;
}

int exit_code(const baseline::Document& document, const run::Measurement& measurement,
              bool enforce_targets) {
  if (measurement.interrupted_by != 0) return exit_code_of_signal(measurement.interrupted_by);
  if (!std::all_of(document.benchmarks.begin(), document.benchmarks.end(), measured)) {
    return kNotMeasured;
  }
  const bool missed =
      std::any_of(document.benchmarks.begin(), document.benchmarks.end(),
                  [](const baseline::BenchmarkResult& benchmark) {
                    return !benchmark.oversubscribed &&
                           report::target_verdict(benchmark) == report::TargetVerdict::missed;
                  });
  return enforce_targets && missed ? kTargetMissed : kNothingGates;
}

std::string rendered(const baseline::Document& document, const RunOptions& options,
                     const config::Config& config, bool kept, const render::Style& style) {
  const bool fit = kept && baseline::check_measured(document);
  const report::DashboardOptions dashboard{.demands = report::demands_of(config),
                                           .saved_as = kept ? options.save : "",
                                           .next_command = fit ? next_command(options) : ""};
  switch (options.format) {
    case Format::json:
      return baseline::encode(document);
    case Format::markdown:
      return report::dashboard_markdown(document, dashboard);
    case Format::text:
      break;
  }
  return report::dashboard(document, dashboard, style);
}

/// What is known before the first launch.
struct Prepared {
  Workspace workspace;
  std::vector<run::Suite> suites;  ///< those that have a subject
  std::vector<run::Subject> subjects;
  machine::Placement placement;
  Machine machine;
  std::string like;
  std::vector<std::string> counters;
  std::chrono::system_clock::time_point started;
};

bool runs(const run::Suite& suite, const std::vector<run::Subject>& subjects) {
  return std::any_of(subjects.begin(), subjects.end(), [&](const run::Subject& subject) {
    return subject.sides.front().executable == suite.executable;
  });
}

Result<Prepared> prepare(const Invocation& invocation, const RunOptions& options) {
  const auto started = std::chrono::system_clock::now();
  if (!options.save.empty()) {
    if (auto name = baseline::check_name(options.save); !name) return tl::unexpected{name.error()};
  }
  auto counters = events_of(options);
  if (!counters) return tl::unexpected{counters.error()};
  auto workspace = open_workspace(invocation.common);
  if (!workspace) return tl::unexpected{workspace.error()};
  auto placement = machine::place(options.cpus);
  if (!placement) return tl::unexpected{placement.error()};
  const auto executables = find_suites(*workspace, options.executables);
  if (!executables) return tl::unexpected{executables.error()};
  auto suites = run::open_suites(*executables, workspace->config.sampling.launch_limit);
  if (!suites) return tl::unexpected{suites.error()};
  auto subjects = select(*suites, options, workspace->config);
  if (!subjects) return tl::unexpected{subjects.error()};
  count_bounded_allocations(*subjects, workspace->targets);
  halve_oversubscribed(*subjects, machine::thread_cpus(*placement).size());
  std::erase_if(*suites, [&](const run::Suite& suite) { return !runs(suite, *subjects); });
  Machine machine = machine::fingerprint(machine::Roots{});
  const auto like = find_like(options, *workspace, machine);
  if (!like) return tl::unexpected{like.error()};
  if (*like) adopt_batching(*subjects, **like);
  return Prepared{.workspace = *std::move(workspace),
                  .suites = *std::move(suites),
                  .subjects = *std::move(subjects),
                  .placement = *std::move(placement),
                  .machine = std::move(machine),
                  .like = *like ? (options.like.empty() ? "main" : options.like) : std::string{},
                  .counters = *std::move(counters),
                  .started = started};
}

/// Keeps the run, and the baseline where one was asked for. A failure to write is reported after
/// the figures.
Result<void> keep(const baseline::Document& document, const std::vector<baseline::Measured>& raw,
                  const RunOptions& options, const Workspace& workspace) {
  auto run = workspace.store.save_run(document, raw);
  if (!options.save.empty()) {
    auto fit = document.complete
                   ? baseline::check_measured(document)
                   : fail(ErrorCode::interrupted, "the run was " + document.incomplete_because);
    if (!fit) {
      return fail(fit.error().code, "not saved as " + options.save + ": " + fit.error().message +
                                        "; what was measured is in " +
                                        (run ? printable(run->string()) : "no file"));
    }
    auto saved = workspace.store.save(options.save, document);
    if (!saved) return tl::unexpected{saved.error()};
  }
  if (!run) return tl::unexpected{run.error()};
  return {};
}

/// Keeps the executables that were measured, so that a comparison can measure them again; then
/// drops those that no kept result names. Says so where it fails, which costs nothing else.
void keep_binaries(const std::vector<run::Suite>& suites, const std::vector<SuiteBuild>& builds,
                   const baseline::Store& store, const Console& console) {
  if (!store.check_own_folders()) return;  // its error is reported with the run's
  const KeptBinaries kept{store.binaries_folder()};
  for (std::size_t i = 0; i < suites.size(); ++i) {
    if (const auto done = kept.keep(suites[i].executable, builds[i].sha256); !done) {
      console.note("warning: the suites are not kept, compare cannot measure them again: " +
                   done.error().message);
      return;
    }
  }
  kept.prune(named_binaries(store));
}

/// What the suites' processes reached, beside what the machine says of itself.
StateFact layout_fact(bool aslr_off) {
  return {
      .name = "aslr_in_suites",
      .requested = "off",
      .before = aslr_off ? "off" : "on",
      .after = aslr_off ? "off" : "on",
      .reason = aslr_off ? "" : "personality(ADDR_NO_RANDOMIZE) was refused; results spread more"};
}

/// Nothing where the suites were not asked to lock their memory, or never ran.
void add_memory_lock(std::vector<StateFact>& facts, const std::optional<std::string>& unlocked) {
  if (!unlocked) return;
  const std::string reached = unlocked->empty() ? "all" : "not all";
  facts.push_back({"memory_locked", "all", reached, reached, *unlocked});
}

int measure_and_report(const Invocation& invocation, const RunOptions& options,
                       const Prepared& prepared, const Console& console) {
  auto tuning = tune(options.no_tune, prepared.placement, console);
  const run::Settings settings{
      .sampling = prepared.workspace.config.sampling,
      .cpus = {.measuring = prepared.placement.measure,
               .thread_cpus = thread_cpus_for(tuning, prepared.placement)},
      .process_settings = process_settings_for(tuning, options.no_tune, prepared.placement),
      .seed = options.seed.value_or(draw_seed()),
      .budget_seconds = options.budget_seconds,
      .counters = prepared.counters,
      .instructions = options.instructions,
      .allocations = options.allocations};
  const auto settled = tune::try_in_a_process(settings.process_settings);
  if (!prepared.placement.warning.empty()) console.note("warning: " + prepared.placement.warning);
  const machine::StateRecorder state{machine::Roots{}, prepared.placement};
  if (auto pinned = machine::pin_to(prepared.placement.orchestrate); !pinned) {
    console.note("warning: " + pinned.error().message);
  }
  RunFacts facts{.words = invocation.words,
                 .preset = preset_of(options, prepared.workspace.config),
                 .like = prepared.like,
                 .reason = options.reason,
                 .seed = settings.seed,
                 .git = machine::read_git(prepared.workspace.root),
                 .machine = prepared.machine,
                 .state = {},
                 .suites = builds_of(prepared.suites),
                 .started = prepared.started,
                 .ended = {}};
  const run::Interrupt interrupt;
  const auto measurement = [&] {
    ProgressLine progress{console};
    return run::measure(prepared.subjects, 1, settings, interrupt, std::ref(progress));
  }();
  facts.state = state.finish();
  facts.state.push_back(layout_fact(measurement.aslr_off));
  add_memory_lock(facts.state, measurement.memory_unlocked);
  tuning.add_to(facts.state);
  tune::add_to(facts.state, settled);
  for (const std::string& line : tuning.put_back().left_alone) console.note("pulsebench: " + line);
  facts.ended = std::chrono::system_clock::now();

  const auto raw = raw_of(prepared.subjects, measurement, prepared.workspace.targets);
  const auto document = document_of(raw, measurement, facts);
  const auto kept = keep(document, raw, options, prepared.workspace);
  keep_binaries(prepared.suites, facts.suites, prepared.workspace.store, console);
  const auto written = console.write(rendered(document, options, prepared.workspace.config,
                                              kept.has_value(), console.style_for(options.output)),
                                     options.output);
  if (!written) return console.fail(written.error());
  if (!kept && document.complete) return console.fail(kept.error());
  if (!kept) console.note("pulsebench: " + kept.error().message);
  return exit_code(document, measurement, options.enforce_targets);
}

}  // namespace

int run_command(const Invocation& invocation, const RunOptions& options, const Console& console) {
  const auto prepared = prepare(invocation, options);
  if (!prepared) return console.fail(prepared.error());
  if (options.list)
    return list_benchmarks(prepared->subjects, prepared->workspace, options, console);
  if (options.dry_run) {
    const PlanFacts plan{.preset = preset_of(options, prepared->workspace.config),
                         .like = prepared->like,
                         .seed = options.seed.value_or(draw_seed()),
                         .placement = prepared->placement};
    return show_plan(prepared->subjects, prepared->workspace, plan, options, console);
  }
  if (auto own = prepared->workspace.store.check_own_folders(); !own) {
    return console.fail(own.error());
  }
  return measure_and_report(invocation, options, *prepared, console);
}

}  // namespace pulsebench::app
