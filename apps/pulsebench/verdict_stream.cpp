#include "verdict_stream.hpp"

#include "option_group.hpp"
#include "pulsebench/report/comparison_document.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::app {

CLI::Option* VerdictStream::declare(CLI::App& app) {
  return OptionGroup{app, kVerdict}.flag(
      "--stream", on_, "with --format json: a line for each verdict as soon as it is known");
}

Result<void> VerdictStream::begin(session::Session& session, const Output& output,
                                  const Console& console) {
  if (!on_) return {};
  if (!output.is_json_on_stdout()) {
    return fail(ErrorCode::bad_input,
                "--stream writes lines of JSON to standard output: give --format json, and neither "
                "--output nor an --export to it");
  }
  session.on_verdict = [this, &console](const compare::Judged& judged) {
    told_.insert(judged.info.id.text());
    // What cannot be written is reported by the last lines.
    static_cast<void>(
        console.write(report::verdict_event(judged, compare::Comparison{}.interval_level)));
  };
  return {};
}

Result<void> VerdictStream::finish(const compare::Comparison& comparison, int exit_code,
                                   const Console& console) const {
  std::string lines;
  for (const compare::Judged& judged : comparison.benchmarks) {
    if (told_.count(judged.info.id.text()) != 0) continue;
    lines += report::verdict_event(judged, comparison.interval_level);
  }
  return console.write(lines + report::comparison_event(comparison, exit_code));
}

}  // namespace pulsebench::app
