#include "pulsebench/session/run.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <csignal>

#include "pulsebench/baseline/summarize.hpp"
#include "pulsebench/config/benchmark_rule.hpp"
#include "pulsebench/machine/fingerprint.hpp"
#include "pulsebench/machine/git.hpp"
#include "pulsebench/machine/state.hpp"
#include "pulsebench/os/sha256.hpp"
#include "pulsebench/run/interrupt.hpp"
#include "pulsebench/run/spawn.hpp"
#include "pulsebench/session/command_lines.hpp"
#include "pulsebench/session/kept_binaries.hpp"
#include "pulsebench/session/nightly.hpp"
#include "pulsebench/session/note_undecidable.hpp"
#include "pulsebench/session/source_files.hpp"
#include "pulsebench/session/tuned_machine.hpp"
#include "pulsebench/session/unpassed_variables.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace {

std::string utc(std::chrono::system_clock::time_point time) {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(time)));
}

/// Sortable by time. The store gives another to the second run of one second and one seed.
std::string run_id(const PreparedRun& prepared) {
  const auto time = fmt::gmtime(std::chrono::system_clock::to_time_t(prepared.started));
  return fmt::format("{:%Y%m%dT%H%M%SZ}-{:06x}", time, prepared.seed & 0xFFFFFFU);
}

double seconds_in_visits(const std::vector<Measured>& raw) {
  double seconds = 0.0;
  for (const auto& measured : raw) {
    for (const Visit& visit : measured.visits) seconds += visit.seconds;
  }
  return seconds;
}

/// What was asked of the suites' processes, and what they reached.
StateFact reached(const char* name, const char* asked, const std::string& got,
                  const std::string& reason) {
  return {.name = name, .requested = asked, .before = got, .after = got, .reason = reason};
}

/// The result as far as it is known before the first launch. Each suite has the SHA-256 of its
/// executable; where that cannot be read, the reason stands in its place.
baseline::Document begin_document(const PreparedRun& prepared, const RunRequest& request,
                                  const Session& session) {
  baseline::Document document;
  document.project = session.workspace.project();
  document.tool_version = request.tool_version;
  document.run_id = run_id(prepared);
  document.started = utc(prepared.started);
  document.reason = request.reason;
  document.seed = prepared.seed;
  document.preset = prepared.preset;
  document.like = prepared.like;
  document.command_line = request.command_line;
  if (auto git = machine::read_git(session.workspace.root)) {
    document.git = *std::move(git);
  } else if (git.error().code != ErrorCode::not_found) {
    session.notice("the result names no commit: " + git.error().message);
  }
  document.machine = prepared.machine;
  for (const run::Suite& suite : prepared.suites) {
    const auto sum = os::sha256_of_file(suite.executable);
    document.suites.push_back({.name = suite.name,
                               .sha256 = sum ? *sum : "unknown: " + sum.error().message,
                               .facts = suite.build});
  }
  return document;
}

/// Adds what the measurement's first side shows, and that it ends now. `state` has what the machine
/// reports of itself; what the suites' processes reached is added.
void complete_document(baseline::Document& document, const PreparedRun& prepared,
                       const run::Measurement& measurement, std::vector<StateFact> state,
                       const SourceFiles& sources) {
  const auto ended = std::chrono::system_clock::now();
  const std::vector<Measured>& raw = measurement.sides.front();
  document.ended = utc(ended);
  document.complete = measurement.interrupted_by == 0;
  if (!document.complete) {
    document.incomplete_because =
        "interrupted by " + run::name_of_interrupt(measurement.interrupted_by);
  }
  document.state = std::move(state);
  const bool fixed = measurement.granted.aslr_off;
  document.state.push_back(
      reached("aslr_in_suites", "off", fixed ? "off" : "on", fixed ? "" : run::why_randomised()));
  if (const auto& unlocked = measurement.memory_unlocked) {
    document.state.push_back(
        reached("memory_locked", "all", unlocked->empty() ? "all" : "not all", *unlocked));
  }
  document.time = {.total = std::chrono::duration<double>(ended - prepared.started).count(),
                   .measuring = measurement.seconds,
                   .in_visits = seconds_in_visits(raw)};
  for (const auto& measured : raw) {
    auto& info = document.benchmarks.emplace_back(baseline::summarize(measured)).info;
    info.source = sources.find(info.source);
  }
}

/// Wall time of each suite, in the order in which they are first named.
std::vector<std::pair<std::string, double>> seconds_of_suites(const run::Measurement& measurement) {
  std::vector<std::pair<std::string, double>> all;
  const std::vector<Measured>& measured = measurement.sides.front();
  for (std::size_t i = 0; i < measurement.subject_seconds.size(); ++i) {
    const std::string& name = measured[i].suite;
    auto found = std::ranges::find(all, name, &std::pair<std::string, double>::first);
    if (found == all.end()) found = all.insert(all.end(), {name, 0.0});
    found->second += measurement.subject_seconds[i];
  }
  return all;
}

bool runs(const run::Suite& suite, const std::vector<run::Subject>& subjects) {
  return std::any_of(subjects.begin(), subjects.end(), [&](const run::Subject& subject) {
    return subject.sides.front().executable == suite.executable;
  });
}

/// Saves the baseline that was asked for.
Result<void> save_as(const std::string& name, const baseline::Document& document,
                     const std::string& kept_in, const baseline::Store& store) {
  auto fit = document.complete
                 ? baseline::check_measured(document)
                 : fail(ErrorCode::interrupted, "the run was " + document.incomplete_because);
  if (!fit) {
    return fail(fit.error().code, "not saved as " + name + ": " + fit.error().message +
                                      "; what was measured is in " + kept_in);
  }
  PB_CHECK(store.save(name, document));
  return {};
}

/// Keeps the run, and the baseline where one was asked for. A failure to write is reported after
/// the figures.
void keep(RunResult& result, const std::vector<Measured>& raw, const std::string& name,
          const baseline::Store& store) {
  const auto run = store.save_run(result.document, raw);
  if (run) result.document.run_id = run->filename().string();
  if (!name.empty()) {
    const auto saved =
        save_as(name, result.document, run ? printable(run->string()) : "no file", store);
    if (saved) result.saved_as = name;
    if (!saved) result.not_kept = saved.error();
  }
  if (!run && !result.not_kept) result.not_kept = run.error();
}

/// Keeps the executables that were measured, so that a comparison can measure them again; then
/// drops those that no kept result names. A failure is a notice, and costs nothing else.
void keep_binaries(const std::vector<run::Suite>& suites, const baseline::Document& document,
                   const Session& session) {
  const KeptBinaries kept{session.workspace.store};
  for (std::size_t i = 0; i < suites.size(); ++i) {
    if (suites[i].workload) continue;  // what it runs is more than its program
    const std::string& sum = document.suites[i].sha256;
    if (const auto done =
            kept.keep({.executable = suites[i].executable, .options = suites[i].options}, sum,
                      document.run_id);
        !done) {
      session.notice("warning: the suites are not kept, so compare cannot measure them again: " +
                     done.error().message);
      return;
    }
  }
  kept.prune();
}

void add_targets(std::vector<Measured>& measured, const Workspace& workspace) {
  for (Measured& one : measured) {
    const auto target = config::target_of(one.info.id.text(), workspace.config, workspace.targets);
    if (!target) continue;
    one.target = target->cost;
    one.max_allocations = target->allocations;
  }
}

/// Measures on the tuned machine, and completes `document`.
run::Measurement measure(const Session& session, const RunRequest& request,
                         const PreparedRun& prepared, const TunedMachine& machine,
                         baseline::Document& document) {
  const run::Settings settings{.sampling = session.workspace.config.sampling,
                               .cpus = machine.cpus(),
                               .process_settings = machine.process_settings(),
                               .seed = prepared.seed,
                               .budget_seconds = request.budget_seconds,
                               .counters = request.counters,
                               .instructions = request.instructions,
                               .allocations = request.allocations};
  const auto settled = tune::try_in_a_process(settings.process_settings);
  const machine::StateRecorder recorder{session.environment.machine, prepared.placement};
  auto measurement = session.environment.measure(prepared.subjects, 1, settings,
                                                 machine.interrupt(), session.progress("launches"));
  std::vector<StateFact> state = recorder.finish();
  machine.tuning().add_to(state);
  tune::add_to(state, settled);
  add_targets(measurement.sides.front(), session.workspace);
  complete_document(document, prepared, measurement, std::move(state),
                    SourceFiles{session.workspace.root});
  return measurement;
}

}  // namespace

Result<PreparedRun> prepare_run(const Session& session, const RunRequest& request) {
  const auto started = std::chrono::system_clock::now();
  const Workspace& workspace = session.workspace;
  if (!request.save.empty()) PB_CHECK(baseline::check_name(request.save));
  PB_TRY(auto placement, place(session.environment.machine, request.cpus));
  PB_TRY(auto suites,
         open_measured(request.command, request.executables, request.selection.options, session));
  PB_TRY(auto subjects, select(suites, request.selection, workspace.config));
  count_bounded_allocations(subjects, workspace);
  halve_oversubscribed(subjects, machine::thread_cpus(placement).size());
  std::erase_if(suites, [&](const run::Suite& suite) { return !runs(suite, subjects); });
  Machine machine = machine::fingerprint(session.environment.machine);
  PB_TRY(const auto like, find_like(request.like, workspace, machine));
  if (like) adopt_batching(subjects, *like);
  return PreparedRun{.suites = std::move(suites),
                     .subjects = std::move(subjects),
                     .placement = std::move(placement),
                     .machine = std::move(machine),
                     .preset = preset_of(request.selection, workspace.config),
                     .like = !like                  ? ""
                             : request.like.empty() ? "main"
                                                    : request.like,
                     .seed = request.seed ? *request.seed : draw_seed(),
                     .started = started};
}

Result<RunResult> run(const Session& session, const RunRequest& request) {
  const Workspace& workspace = session.workspace;
  PB_TRY(const PreparedRun prepared, prepare_run(session, request));
  PB_CHECK(workspace.store.check_own_folders());
  note_unrecorded(session, request);
  RunResult result{.document = begin_document(prepared, request, session)};
  TunedMachine machine{session, prepared.placement, request.no_tune};
  const run::Measurement measurement =
      measure(session, request, prepared, machine, result.document);
  const auto night = day_of(request);
  if (!night) machine.put_back();
  result.interrupted_by = measurement.interrupted_by;
  result.suite_seconds = seconds_of_suites(measurement);
  note_unpassed_variables(session, measurement);
  keep(result, measurement.sides.front(), request.save, workspace.store);
  keep_binaries(prepared.suites, result.document, session);
  if (!result.saved_as.empty()) note_undecidable(session, result.document);
  if (night) record_nightly(session, request, prepared, machine, *night, result);
  return result;
}

}  // namespace pulsebench::session
