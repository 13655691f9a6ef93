#include "noise_command.hpp"

#include <algorithm>

#include "context.hpp"
#include "exit_code.hpp"
#include "pulsebench/report/noise_screen.hpp"
#include "pulsebench/report/proof_screen.hpp"

namespace pulsebench::app {
namespace {

int exit_code(const compare::NoiseReport& report, int signal, bool strict) {
  if (signal != 0) return exit_code_of_signal(signal);
  const auto any = [&](auto holds) {
    return std::any_of(report.benchmarks.begin(), report.benchmarks.end(), holds);
  };
  if (any([](const compare::Noise& noise) { return noise.failed; })) return kNotMeasured;
  const bool doubtful = any([](const compare::Noise& noise) { return !noise.supported; });
  return strict && doubtful ? kInconclusive : kNothingGates;
}

int show_noise(const session::Session& session, const NoiseOptions& options,
               const Console& console) {
  const auto result = session::noise(session, options.request);
  if (!result) return console.fail(result.error());
  const int code = exit_code(result->report, result->interrupted_by, options.strict);
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
  const int code = result->interrupted_by != 0 ? exit_code_of_signal(result->interrupted_by)
                   : proof.broken              ? kNotMeasured
                                               : kNothingGates;
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
