#include "compared_run.hpp"

#include "next_step.hpp"
#include "pulsebench/compare/exit_code.hpp"
#include "pulsebench/machine/fingerprint.hpp"
#include "pulsebench/report/comparison_page.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"
#include "shared_options.hpp"

namespace pulsebench::app {
namespace {

std::string result_file(const session::Session& session, const std::string& run_id) {
  return (session.workspace.store.runs_folder() / run_id / "result.json").string();
}

}  // namespace

void ComparedRun::declare(CLI::App& app) {
  OptionGroup verdict{app, kVerdict};
  CLI::Option* const base =
      verdict.text("--compare RESULT", request_.base,
                   "compare with this result at once, and exit as compare does");
  declare_maps(app, request_.maps);
  declare_gates(app, request_.gates, strict_);
  verdict.flag("--no-confirm", no_confirm_, "do not measure doubtful results again");
  stream_.declare(app);
  for (const char* option : {"--stream", "--map", "--threshold", "--fail-on", "--strict",
                             "--allow-missing", "--no-confirm"}) {
    app.get_option(option)->needs(base);
  }
}

Result<baseline::Document> ComparedRun::envelope(const baseline::Store& store) const {
  if (envelope_) return *envelope_;
  return store.load(request_.base, baseline::Detail::envelope);
}

Result<void> ComparedRun::prepare(const session::Session& session, session::RunRequest& run) {
  if (request_.base == "-" || request_.base == run.save) {
    return fail(ErrorCode::bad_input,
                request_.base == "-"
                    ? "--compare cannot read standard input; name a baseline or a file"
                    : "--compare and --save name the same baseline, '" + printable(run.save) + "'");
  }
  PB_TRY(const auto base, envelope(session.workspace.store));
  const std::string key = machine::fingerprint(session.environment.machine).key;
  if (base.machine.key != key) {
    return fail(ErrorCode::not_comparable,
                "--compare '" + printable(request_.base) + "' was measured on another machine (" +
                    printable(base.machine.key) + ", this is " + key + ")");
  }
  if (request_.base == "last") {  // which this run is about to be
    request_.base = result_file(session, base.run_id);
    request_.base_called = "run " + base.run_id;
  }
  if (run.like.empty()) run.like = request_.base;
  return {};
}

Result<int> ComparedRun::judge(const session::Session& session, const session::RunRequest& run,
                               const session::RunResult& result, bool enforce_targets,
                               const Output& output, const Console& console) const {
  const std::string saved = result.saved_as.empty() ? "" : ", saved as " + result.saved_as;
  console.note("measured run " + result.document.run_id + saved);
  session::CompareRequest request = request_;
  request.candidate = result_file(session, result.document.run_id);
  request.called = result.saved_as.empty() ? "this run" : result.saved_as;
  request.confirm = !no_confirm_;
  request.again.cpus = run.cpus;
  request.again.no_tune = run.no_tune;
  request.selection = run.selection;
  request.only_its_suites = !run.executables.empty() || run.command;
  PB_TRY(const auto compared, session::compare(session, request));
  int code = compare::exit_code_of(compared.comparison, strict_, compared.interrupted_by);
  if (code == kNothingGates &&
      compare::exit_code_of(result.document, enforce_targets, 0) == kTargetMissed) {
    code = kTargetMissed;
  }
  request.candidate = "last";  // in the next command
  const auto next = next_after_compare(compared.comparison, request, code);
  const auto page = report::comparison_page(
      compared.comparison,
      {.exit_code = code,
       .next = next,
       .results = report::ComparedResults{compared.results->first, compared.results->second}});
  if (stream_) {
    PB_CHECK(stream_.finish(compared.comparison, code, console));
    PB_CHECK(output.show_exports(page, console));
  } else {
    PB_CHECK(output.show(page, console));
  }
  return code;
}

}  // namespace pulsebench::app
