#include "output.hpp"

#include <algorithm>

#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::app {
namespace {

std::vector<std::string> format_names() {
  std::vector<std::string> names;
  for (const render::Format& format : render::formats()) names.emplace_back(format.name);
  return names;
}

}  // namespace

void Output::declare(CLI::App& app) {
  OptionGroup output{app, kOutput};
  output.value("--format FORMAT", format_, parse_format,
               alternatives(format_names()) + " (default text)");
  output.text("-o,--output FILE", file_, "write the report to this file");
  output.values("--export FORMAT=FILE", exports_, parse_export,
                "write the report to this file too, as in json=result.json; may be repeated");
  output.flag("--explain", explain_, "show details: statistics, disturbances, batch sizes");
}

Result<const render::Format*> Output::parse_format(const std::string& name) {
  if (const render::Format* format = render::find_format(name)) return format;
  return none_of(format_names(), name);
}

Result<Output::Export> Output::parse_export(const std::string& text) {
  const auto equals = text.find('=');
  if (equals == std::string::npos || equals + 1 == text.size()) {
    return fail(ErrorCode::bad_input,
                "not '" + printable(text) + "'; give a format and a file, as in json=result.json");
  }
  PB_TRY(const auto* const format, parse_format(text.substr(0, equals)));
  return Export{format, text.substr(equals + 1)};
}

Result<void> Output::show(const render::Page& page, const Console& console) const {
  Result<void> outcome;
  const auto write = [&](const render::Format& format, const std::string& file) {
    auto written =
        console.write(render::write(page, format, console.style_for(file), explain_), file);
    if (!written && outcome) outcome = std::move(written);
  };
  const auto to_stdout = [](const Export& one) { return is_stdout(one.file); };
  const bool taken = std::any_of(exports_.begin(), exports_.end(), to_stdout);
  for (const Export& one : exports_) write(*one.format, one.file);
  if (!is_stdout(file_) || !taken) write(*format_, file_);
  if (taken) {
    std::string line = render::verdict_line(page, console.error_style());
    line.pop_back();  // its line end
    console.note(line);
  } else if (!is_stdout(file_)) {
    auto written = console.write(render::verdict_line(page, console.out_style()));
    if (!written && outcome) outcome = std::move(written);
  }
  return outcome;
}

}  // namespace pulsebench::app
