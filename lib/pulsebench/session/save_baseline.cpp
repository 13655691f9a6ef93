#include "pulsebench/session/save_baseline.hpp"

#include <algorithm>
#include <optional>

#include "pulsebench/machine/git.hpp"
#include "pulsebench/os/sha256.hpp"
#include "pulsebench/session/note_undecidable.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace {

/// Why the last run does not stand for the tree as it is now; empty where it does.
std::string why_stale(const baseline::Document& run, const Session& session) {
  const auto git = machine::read_git(session.workspace.root);
  if (!git && git.error().code != ErrorCode::not_found) {
    return "whether the last run is of this tree cannot be told: " + git.error().message;
  }
  const std::string commit = git ? git->commit : "";
  if (commit != run.git.commit) {
    const auto named = [](const std::string& text) {
      return text.empty() ? "no commit" : "commit " + printable(text.substr(0, 12));
    };
    return "the last run is of " + named(run.git.commit) + ", and this tree is at " + named(commit);
  }
  const auto programs = session.find_suites({});
  if (!programs) return {};  // a run of --exe: there is no build to compare it with
  for (const run::Program& program : *programs) {
    const auto& executable = program.executable;
    const std::string name = executable.filename().string();
    for (const SuiteBuild& suite : run.suites) {
      if (suite.name != name || suite.sha256 == os::sha256_of_file(executable).value_or("")) {
        continue;
      }
      return "the last run is of another build of suite " + name;
    }
  }
  return {};
}

/// Why the run is not one to compare others with; empty where it is.
std::optional<Error> why_unfit(const baseline::Document& run) {
  if (!run.complete)
    return Error{ErrorCode::bad_input, "it is incomplete: " + run.incomplete_because};
  const auto injected = std::ranges::find_if(
      run.benchmarks, [](const auto& benchmark) { return benchmark.injected_percent.has_value(); });
  if (injected != run.benchmarks.end()) {
    return Error{ErrorCode::bad_input,
                 "work was injected into " + injected->info.id.text() + " on purpose"};
  }
  const auto fit = baseline::check_measured(run);
  return fit ? std::nullopt : std::optional{fit.error()};
}

}  // namespace

bool is_subset(const baseline::Document& run) {
  return std::ranges::any_of(run.command_line, [](const std::string& word) {
    return word.starts_with("--filter") || word.starts_with("--exclude") ||
           word.starts_with("--tier");
  });
}

Result<void> check_savable(const Session& session, const baseline::Document& run) {
  if (const std::string why = why_stale(run, session); !why.empty()) {
    return fail(ErrorCode::bad_input, why);
  }
  if (auto why = why_unfit(run)) return Failure{*std::move(why)};
  return {};
}

Result<baseline::Document> save_baseline(const Session& session, const std::string& name,
                                         bool force) {
  const Workspace& workspace = session.workspace;
  PB_CHECK(baseline::check_name(name));
  PB_TRY(auto run, workspace.store.newest_run());
  if (const std::string why = why_stale(run, session); !why.empty()) {
    return fail(ErrorCode::bad_input, why + "; measure this one: pulsebench run --save " + name);
  }
  if (const auto why = why_unfit(run); why && !force) {
    return fail(why->code, "the newest run, " + run.run_id + ", is not saved as " + name + ": " +
                               why->message + "; measure again, or save it with --force");
  }
  if (run.git.dirty) {
    session.notice("warning: it was measured with uncommitted changes, so it is of no commit");
  }
  if (is_subset(run)) {
    session.notice("warning: it has only the benchmarks that --tier or --filter selected");
  }
  PB_CHECK(workspace.store.save(name, run));
  note_undecidable(session, run);
  return run;
}

}  // namespace pulsebench::session
