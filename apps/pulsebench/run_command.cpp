#include "run_command.hpp"

#include "context.hpp"
#include "counters_command.hpp"
#include "listing_command.hpp"
#include "pulsebench/baseline/codec.hpp"
#include "pulsebench/compare/exit_code.hpp"
#include "pulsebench/report/dashboard.hpp"
#include "version.hpp"

namespace pulsebench::app {
namespace {

std::string next_command(const session::RunRequest& request) {
  const std::set<Tier>& tiers = request.selection.tiers;
  const std::string tier =
      tiers.size() == 1 ? " --tier " + std::to_string(number_of(*tiers.begin())) : std::string{};
  if (request.save.empty()) return "pulsebench baseline save main";
  if (request.save == "main") {
    return "pulsebench run" + tier + " --save pr-123 && pulsebench compare main pr-123";
  }
  return "pulsebench compare main " + request.save;
}

std::string rendered(const session::RunResult& result, const RunOptions& options,
                     const config::Config& config, const render::Style& style) {
  const bool kept = !result.not_kept;
  const bool fit = kept && baseline::check_measured(result.document);
  const report::DashboardOptions dashboard{
      .demands = report::demands_of(config),
      .saved_as = kept ? options.request.save : "",
      .next_command = fit ? next_command(options.request) : ""};
  switch (options.format) {
    case Format::json:
      return baseline::encode(result.document);
    case Format::markdown:
      return report::dashboard_markdown(result.document, dashboard);
    case Format::text:
      break;
  }
  return report::dashboard(result.document, dashboard, style);
}

int measure(const session::Session& session, const RunOptions& options, const Console& console) {
  const auto result = session::run(session, options.request);
  if (!result) return console.fail(result.error());
  const auto written = console.write(
      rendered(*result, options, session.workspace.config, console.style_for(options.output)),
      options.output);
  if (!written) return console.fail(written.error());
  if (result->not_kept && result->document.complete) return console.fail(*result->not_kept);
  if (result->not_kept) console.note("pulsebench: " + result->not_kept->message);
  return compare::exit_code_of(result->document, options.enforce_targets, result->interrupted_by);
}

}  // namespace

int run_command(const Invocation& invocation, RunOptions options, const Console& console) {
  auto counters = events_of(options);
  if (!counters) return console.fail(counters.error());
  options.request.counters = *std::move(counters);
  options.request.command_line = invocation.words;
  options.request.tool_version = kVersion;
  const auto session = open_session(invocation.common, console);
  if (!session) return console.fail(session.error());
  if (!options.list && !options.dry_run) return measure(*session, options, console);
  const auto prepared = session::prepare_run(*session, options.request);
  if (!prepared) return console.fail(prepared.error());
  return options.list ? list_benchmarks(*prepared, session->workspace, options, console)
                      : show_plan(*prepared, session->workspace, options, console);
}

}  // namespace pulsebench::app
