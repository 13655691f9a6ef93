#include "pulsebench/report/init_page.hpp"

#include <fmt/format.h>

#include <utility>

#include "pulsebench/json/write.hpp"
#include "pulsebench/render/quantity.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::report {
namespace {

using Json = nlohmann::ordered_json;

std::string init_json(const config::Discovery& found, const std::string& file) {
  return json::document_text(
      {{"schema", "pulsebench-init"},
       {"version", 1},
       {"file", file},
       {"project", found.project},
       {"suites", found.programs},
       {"build_command", found.build_command.empty() ? Json(nullptr) : Json(found.build_command)}});
}

render::Table found_table(const config::Discovery& found) {
  render::Table table{.columns = {{.header = ""}, {.header = ""}}, .groups = {{}}};
  const auto add = [&](const char* name, const std::string& value) {
    table.groups[0].rows.push_back(
        {.cells = {render::Text{name, render::Tone::quiet}}, .note = printable(value, 1000)});
  };
  for (const std::string& program : found.programs) add("suite", program);
  if (!found.build_command.empty()) add("build", found.build_command);
  return table;
}

render::Table next_table() {
  render::Table table{.columns = {{.header = "next"}, {.header = ""}}, .groups = {{}}};
  for (const auto& [command, what] :
       {std::pair{"pulsebench run --save main", "measure, and keep the result as main"},
        {"pulsebench ab main", "judge your working tree against the branch main"},
        {"pulsebench noise", "see what change this machine can detect"}}) {
    table.groups[0].rows.push_back(
        {.cells = {render::Command{command}, render::Text{what, render::Tone::quiet}}});
  }
  return table;
}

}  // namespace

render::Page init_page(const config::Discovery& found, const std::string& file) {
  render::Page page{.title = "configuration of " + printable(found.project, 60),
                    .json = [found, file] { return init_json(found, file); }};
  page.headline.clauses = {fmt::format(
      "{} names {} of {}", file,
      render::format_count(static_cast<long long>(found.programs.size()), "program", "programs"),
      printable(found.project, 60))};
  page.add(found_table(found));
  const auto note = [&](const std::string& text) {
    page.add(render::Note{render::Mark::attention, text});
  };
  if (found.build_command.empty()) {
    note(
        "how to build a revision is not known: add \"build\": {\"command\": ...} for ab of "
        "revisions");
  } else if (found.build_type == "Debug" || found.build_type.empty()) {
    note("this build is of type '" + printable(found.build_type, 40) +
         "' and may not be optimised; measure one that is, such as Release");
  }
  for (const std::string& folder : found.other_builds) {
    note("the build folder " + printable(folder, 200) + " has such programs too, and is left out");
  }
  for (const std::string& glob : found.repeated) {
    note(printable(glob, 200) +
         " matches several programs; remove what older builds left, as by: cargo clean");
  }
  page.add(next_table());
  return page;
}

}  // namespace pulsebench::report
