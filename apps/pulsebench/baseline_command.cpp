#include "baseline_command.hpp"

#include "exit_code.hpp"
#include "pulsebench/machine/fingerprint.hpp"
#include "pulsebench/machine/git.hpp"
#include "pulsebench/os/sha256.hpp"
#include "pulsebench/report/baseline_table.hpp"
#include "pulsebench/report/dashboard.hpp"
#include "workspace.hpp"

namespace pulsebench::app {
namespace {

/// Why the last run does not stand for the tree as it is now; empty where it does.
std::string stale(const baseline::Document& run, const Workspace& workspace) {
  const Git git = machine::read_git(workspace.root);
  if (git.commit != run.git.commit) {
    return "the last run is of commit " + printable(run.git.commit.substr(0, 12)) +
           ", and this tree is at " + git.commit.substr(0, 12);
  }
  const auto executables = find_suites(workspace, {});
  if (!executables) return {};  // a run of --exe: there is nothing to hold it against
  for (const auto& executable : *executables) {
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

int shown(const Result<void>& written, const Console& console) {
  return written ? kNothingGates : console.fail(written.error());
}

}  // namespace

int baseline_save(const Invocation& invocation, const BaselineSaveOptions& options,
                  const Console& console) {
  if (auto name = baseline::check_name(options.name); !name) return console.fail(name.error());
  const auto workspace = open_workspace(invocation.common);
  if (!workspace) return console.fail(workspace.error());
  const auto run = workspace->store.load("last");
  if (!run) return console.fail(run.error());
  if (const std::string why = stale(*run, *workspace); !why.empty()) {
    return console.fail(
        {ErrorCode::bad_input, why + "; measure this one: pulsebench run --save " + options.name});
  }
  if (const auto fit = baseline::check_measured(*run); !fit && !options.force) {
    return console.fail({fit.error().code, "not saved as " + options.name + ": " +
                                               fit.error().message + " in run " + run->run_id +
                                               "; --force saves it all the same"});
  }
  const auto file = workspace->store.save(options.name, *run);
  if (!file) return console.fail(file.error());
  return shown(console.write("saved as " + options.name + ": run " + run->run_id + ", " +
                             std::to_string(run->benchmarks.size()) + " benchmarks\n" +
                             "after your change: pulsebench run --save pr-123 && pulsebench "
                             "compare " +
                             options.name + " pr-123\n"),
               console);
}

int baseline_list(const Invocation& invocation, const BaselineListOptions& options,
                  const Console& console) {
  const auto workspace = open_workspace(invocation.common);
  if (!workspace) return console.fail(workspace.error());
  const auto entries = workspace->store.list();
  if (!entries) return console.fail(entries.error());
  const std::string key = machine::fingerprint(machine::Roots{}).key;
  return shown(console.write(options.format == Format::json
                                 ? report::baseline_list_json(*entries, key)
                                 : report::baseline_list_text(*entries, key, console.out_style())),
               console);
}

int baseline_show(const Invocation& invocation, const BaselineShowOptions& options,
                  const Console& console) {
  const auto workspace = open_workspace(invocation.common);
  if (!workspace) return console.fail(workspace.error());
  const auto document = workspace->store.load(options.reference);
  if (!document) return console.fail(document.error());
  const report::DashboardOptions dashboard{
      .demands = report::demands_of(workspace->config), .saved_as = {}, .next_command = {}};
  switch (options.format) {
    case Format::json:
      return shown(console.write(baseline::encode(*document)), console);
    case Format::markdown:
      return shown(console.write(report::dashboard_markdown(*document, dashboard)), console);
    case Format::text:
      break;
  }
  return shown(console.write(report::dashboard(*document, dashboard, console.out_style()) + "\n" +
                             report::envelope_text(*document, console.out_style())),
               console);
}

int baseline_remove(const Invocation& invocation, const BaselineRemoveOptions& options,
                    const Console& console) {
  const auto workspace = open_workspace(invocation.common);
  if (!workspace) return console.fail(workspace.error());
  if (auto removed = workspace->store.remove(options.name); !removed) {
    return console.fail(removed.error());
  }
  return shown(console.write("removed " + options.name + "\n"), console);
}

}  // namespace pulsebench::app
