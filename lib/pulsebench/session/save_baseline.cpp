#include "pulsebench/session/save_baseline.hpp"

#include "pulsebench/machine/git.hpp"
#include "pulsebench/os/sha256.hpp"
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

}  // namespace

Result<baseline::Document> save_baseline(const Session& session, const std::string& name,
                                         bool force) {
  const Workspace& workspace = session.workspace;
  PB_CHECK(baseline::check_name(name));
  PB_TRY(auto run, workspace.store.load("last"));
  if (const std::string why = why_stale(run, session); !why.empty()) {
    return fail(ErrorCode::bad_input, why + "; measure this one: pulsebench run --save " + name);
  }
  if (const auto fit = baseline::check_measured(run); !fit && !force) {
    return fail(fit.error().code, "not saved as " + name + ": " + fit.error().message + " in run " +
                                      run.run_id + "; --force saves it all the same");
  }
  PB_CHECK(workspace.store.save(name, run));
  return run;
}

}  // namespace pulsebench::session
