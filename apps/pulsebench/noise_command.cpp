#include "noise_command.hpp"

#include "context.hpp"
#include "pulsebench/compare/exit_code.hpp"
#include "pulsebench/report/noise_screen.hpp"
#include "pulsebench/report/proof_screen.hpp"

namespace pulsebench::app {
namespace {

int show_noise(const session::Session& session, const NoiseOptions& options,
               const Console& console) {
  const auto result = session::noise(session, options.request);
  if (!result) return console.fail(result.error());
  const int code = compare::exit_code_of(result->report, options.strict, result->interrupted_by);
  const std::string text =
      options.format == Format::json ? report::noise_json(result->report, code)
      : options.format == Format::markdown
          ? report::noise_markdown(result->report)
          : report::noise_table(result->report, console.style_for(options.output));
  const auto written = console.write(text, options.output);
  return written ? code : console.fail(written.error());
}

int show_proof(const session::Session& session, const NoiseOptions& options,
               const Console& console) {
  const auto result = session::prove(session, options.request, {*options.inject, options.rounds});
  if (!result) return console.fail(result.error());
  const compare::Proof& proof = result->proof;
  const int code = compare::exit_code_of(proof, result->interrupted_by);
  const std::string text = options.format == Format::json ? report::proof_json(proof, code)
                           : options.format == Format::markdown
                               ? report::proof_markdown(proof)
                               : report::proof_table(proof, console.style_for(options.output));
  const auto written = console.write(text, options.output);
  return written ? code : console.fail(written.error());
}

}  // namespace

int noise_command(const Invocation& invocation, const NoiseOptions& options,
                  const Console& console) {
  const auto session = open_session(invocation.common, console);
  if (!session) return console.fail(session.error());
  return options.inject ? show_proof(*session, options, console)
                        : show_noise(*session, options, console);
}

}  // namespace pulsebench::app
