#include "output.hpp"

#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::app {
namespace {

Result<const render::Format*> parse_format(const std::string& text) {
  if (const render::Format* const format = render::find_format(text)) return format;
  std::vector<std::string> known;
  for (const render::Format& format : render::formats()) known.emplace_back(format.name);
  return none_of(known, text);
}

}  // namespace

Result<Output::Export> Output::parse_export(const std::string& text) {
  const auto equals = text.find('=');
  PB_TRY(const auto format, parse_format(text.substr(0, equals)));
  if (equals != std::string::npos && equals + 1 < text.size()) {
    return Export{format, text.substr(equals + 1)};
  }
  return fail(ErrorCode::bad_input, "'" + printable(text) + "' has no file; give FORMAT=FILE");
}

void Output::declare(CLI::App& app, bool to_file) {
  std::string known;
  for (const render::Format& format : render::formats()) {
    known += (known.empty() ? "" : ", ") + std::string{format.name};
  }
  OptionGroup output{app, kOutput};
  output.value("--format FORMAT", report_.format, parse_format,
               (known + " (default text)").c_str());
  output.flag("--explain", explain_, "show the details behind the figures");
  if (!to_file) return;
  output.text("-o,--output FILE", report_.file, "write the report to this file");
  output.values("--export FORMAT=FILE", exports_, parse_export,
                "write the report to this file, too; may be given several times");
}

Result<void> Output::write(const render::Page& page, const Export& to,
                           const Console& console) const {
  return console.write(render::write(page, *to.format, console.style_for(to.file), explain_),
                       to.file);
}

Result<void> Output::show(const render::Page& page, const Console& console) const {
  for (const Export& to : exports_) PB_CHECK(write(page, to, console));
  PB_CHECK(write(page, report_, console));
  const bool shown = report_.file.empty() || report_.file == "-";
  if (shown || exports_.empty()) return {};
  return console.write(render::verdict_line(page, console.out_style()));
}

}  // namespace pulsebench::app
