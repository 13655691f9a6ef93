#include "output.hpp"

#include <algorithm>
#include <cassert>
#include <cstdint>

#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::app {
namespace {

constexpr int kMostExplained = 1000;

}  // namespace

Output::Output(std::string_view default_format) : format_(render::find_format(default_format)) {
  assert(format_ != nullptr);
}

void Output::declare(CLI::App& app, Shows shows) {
  declare_formats(app, shows);
  OptionGroup{app, kOutput}.flag("--explain", explain_,
                                 "show details: statistics, disturbances, batch sizes");
}

void Output::declare(CLI::App& app, Shows shows, session::Explained& explained) {
  declare_formats(app, shows);
  explained.most = 5;
  app.add_flag_function(
         "--explain{5}",
         [this, &explained](std::int64_t most) {
           explain_ = explained.asked = most > 0;
           explained.most = static_cast<int>(most);
         },
         "show details, and explain regressions by the instructions of each function, counted with "
         "valgrind (default: the worst 5, without details); --explain=N: at most N")
      ->check(
          [](const std::string& text) {
            const auto number = whole_number(0, kMostExplained)(text);
            return number ? std::string{} : number.error().message;
          },
          "")
      ->group(kOutput);
  app.add_flag_callback(
         "--no-explain", [&explained] { explained = {}; }, "do not explain regressions")
      ->group(kOutput);
}

void Output::declare_formats(CLI::App& app, Shows shows) {
  shows_ = shows;
  OptionGroup output{app, kOutput};
  output.value(
      "--format FORMAT", format_,
      Choice{format_names(), [this](const std::string& name) { return parse_format(name); }},
      alternatives(format_names()) + " (default " + std::string{format_->name} + ")");
  output.text("-o,--output FILE", file_, "write the report to this file");
  std::vector<std::string> beginnings = format_names();
  for (std::string& name : beginnings) name += '=';
  output.values(
      "--export FORMAT=FILE", exports_,
      Choice{std::move(beginnings), [this](const std::string& text) { return parse_export(text); }},
      "write the report to this file too, as in json=result.json; may be repeated");
}

bool Output::has_format(const render::Format& format) const {
  return (!format.of_cases || shows_ == Shows::results) &&
         (!format.of_stacks || shows_ == Shows::stacks);
}

std::vector<std::string> Output::format_names() const {
  std::vector<std::string> names;
  for (const render::Format& format : render::formats()) {
    if (has_format(format)) names.emplace_back(format.name);
  }
  return names;
}

Result<const render::Format*> Output::parse_format(const std::string& name) const {
  const render::Format* const format = render::find_format(name);
  if (format == nullptr) return none_of(format_names(), name);
  if (has_format(*format)) return format;
  return fail(ErrorCode::bad_input,
              std::string{format->name} + " shows " + (format->of_cases ? "results" : "stacks") +
                  ", and this command has none; give " + alternatives(format_names()));
}

Result<Output::Export> Output::parse_export(const std::string& text) const {
  const auto equals = text.find('=');
  if (equals == std::string::npos || equals + 1 == text.size()) {
    return fail(ErrorCode::bad_input,
                "not '" + printable(text) + "'; give a format and a file, as in json=result.json");
  }
  PB_TRY(const auto* const format, parse_format(text.substr(0, equals)));
  return Export{format, text.substr(equals + 1)};
}

Result<void> Output::write(const render::Page& page, const Export& one,
                           const Console& console) const {
  if (one.format->of_cases && !page.cases) {
    return fail(ErrorCode::bad_input, std::string{one.format->name} +
                                          " shows results, and nothing was measured; give text, "
                                          "markdown or json");
  }
  return console.write(render::write(page, *one.format, console.style_for(one.file), explain_),
                       one.file);
}

bool Output::exports_to_stdout() const {
  return std::ranges::any_of(exports_, [](const Export& one) { return is_stdout(one.file); });
}

bool Output::is_json_on_stdout() const {
  return format_->name == "json" && is_stdout(file_) && !exports_to_stdout();
}

Result<void> Output::show_exports(const render::Page& page, const Console& console) const {
  Result<void> outcome;
  for (const Export& one : exports_) {
    auto written = write(page, one, console);
    if (!written && outcome) outcome = std::move(written);
  }
  return outcome;
}

Result<void> Output::show(const render::Page& page, const Console& console) const {
  Result<void> outcome = show_exports(page, console);
  const auto keep_first = [&](Result<void> written) {
    if (!written && outcome) outcome = std::move(written);
  };
  const bool taken = exports_to_stdout();
  if (!is_stdout(file_) || !taken) keep_first(write(page, {format_, file_}, console));
  if (taken) {
    std::string line = render::verdict_line(page, console.error_style());
    line.pop_back();  // its line end
    console.note(line);
  } else if (!is_stdout(file_)) {
    keep_first(console.write(render::verdict_line(page, console.out_style())));
  }
  return outcome;
}

}  // namespace pulsebench::app
