#include "output.hpp"

#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::app {

void Output::declare(CLI::App& app, bool to_file) {
  OptionGroup output{app, kOutput};
  output.value("--format FORMAT", format_,
               one_of<std::string>({{"text", "text"}, {"json", "json"}, {"markdown", "markdown"}}),
               "text, json or markdown (default text)");
  if (to_file) output.text("-o,--output FILE", file_, "write the report to this file");
}

Result<void> Output::show(const Report& report, const Console& console) const {
  if (format_ == "text") return console.write(report.text(console.style_for(file_)), file_);
  const auto& written = format_ == "json" ? report.json : report.markdown;
  if (written) return console.write(written(), file_);
  return fail(ErrorCode::bad_input, "--format: this report is not written as " + format_);
}

}  // namespace pulsebench::app
