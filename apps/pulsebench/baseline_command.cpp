#include "baseline_command.hpp"

#include "context.hpp"
#include "exit_code.hpp"
#include "pulsebench/machine/fingerprint.hpp"
#include "pulsebench/report/baseline_table.hpp"
#include "pulsebench/report/dashboard.hpp"
#include "pulsebench/session/save_baseline.hpp"

namespace pulsebench::app {
namespace {

int shown(const Result<void>& written, const Console& console) {
  return written ? kNothingGates : console.fail(written.error());
}

}  // namespace

int baseline_save(const Invocation& invocation, const BaselineSaveOptions& options,
                  const Console& console) {
  const auto session = open_session(invocation.common, console);
  if (!session) return console.fail(session.error());
  const auto run = session::save_baseline(*session, options.name, options.force);
  if (!run) return console.fail(run.error());
  return shown(console.write("saved as " + options.name + ": run " + run->run_id + ", " +
                             std::to_string(run->benchmarks.size()) + " benchmarks\n" +
                             "after your change: pulsebench run --save pr-123 && pulsebench "
                             "compare " +
                             options.name + " pr-123\n"),
               console);
}

int baseline_list(const Invocation& invocation, const BaselineListOptions& options,
                  const Console& console) {
  const auto workspace = session::open_workspace(invocation.common.root);
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
  const auto workspace = session::open_workspace(invocation.common.root);
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
  const auto workspace = session::open_workspace(invocation.common.root);
  if (!workspace) return console.fail(workspace.error());
  if (auto removed = workspace->store.remove(options.name); !removed) {
    return console.fail(removed.error());
  }
  return shown(console.write("removed " + options.name + "\n"), console);
}

}  // namespace pulsebench::app
