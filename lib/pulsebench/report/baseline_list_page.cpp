#include "pulsebench/report/baseline_list_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "pulsebench/baseline/kind.hpp"
#include "pulsebench/json/write.hpp"
#include "pulsebench/render/quantity.hpp"
#include "pulsebench/render/text.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::report {
namespace {

using baseline::Document;
using baseline::Entry;
using render::Mark;
using render::Tone;

/// "2026-01-01 12:30" of an RFC 3339 time; UTC goes without saying in a list.
std::string to_the_minute(const std::string& rfc3339) {
  if (rfc3339.size() < 16) return printable(rfc3339);
  std::string text = printable(rfc3339.substr(0, 16));
  if (text.size() > 10 && text[10] == 'T') text[10] = ' ';
  return text;
}

std::string commit_of(const Git& git) {
  if (git.commit.empty()) return "";
  return printable(git.commit.substr(0, 9)) + (git.dirty ? "+" : "");
}

render::Cell machine_of(const Document& document, const std::string& machine_key) {
  const std::string kind = printable(baseline::kind_of(document.machine), 60);
  if (machine_key.empty()) return kind;
  if (document.machine.key == machine_key) return render::Text{"this one", Tone::good};
  return render::Text{kind.empty() ? "another" : kind, Tone::doubtful};
}

render::Row row_of(const Entry& entry, const std::string& machine_key) {
  const render::Text name{entry.name};
  if (!entry.envelope) return {.cells = {name}, .note = {"cannot be read", Tone::bad}};
  const Document& document = *entry.envelope;
  return {.cells = {name, commit_of(document.git), printable(document.git.branch, 24),
                    to_the_minute(document.started), printable(document.preset, 24),
                    machine_of(document, machine_key),
                    render::Text{document.complete ? "" : "incomplete", Tone::doubtful}}};
}

nlohmann::ordered_json entry_json(const Entry& entry, const std::string& machine_key) {
  nlohmann::ordered_json json = {{"name", entry.name}, {"file", entry.file.string()}};
  if (!entry.envelope) {
    json["error"] = printable(entry.envelope.error().message, render::kLongestText);
    return json;
  }
  const Document& document = *entry.envelope;
  json["started"] = document.started;
  json["commit"] = document.git.commit;
  json["branch"] = document.git.branch;
  json["dirty"] = document.git.dirty;
  json["preset"] = document.preset;
  json["reason"] = document.reason;
  json["complete"] = document.complete;
  json["machine_key"] = document.machine.key;
  json["machine_kind"] = baseline::kind_of(document.machine);
  if (!machine_key.empty()) json["this_machine"] = document.machine.key == machine_key;
  return json;
}

std::string list_json(const std::vector<Entry>& entries, const std::string& machine_key) {
  auto list = nlohmann::ordered_json::array();
  for (const Entry& entry : entries) list.push_back(entry_json(entry, machine_key));
  return json::document_text(
      {{"schema", "pulsebench-baselines"}, {"version", 1}, {"baselines", list}});
}

}  // namespace

render::Page baseline_list_page(const std::vector<Entry>& entries, const std::string& machine_key) {
  render::Page page{.title = "baselines",
                    .json = [entries, machine_key] { return list_json(entries, machine_key); }};
  if (entries.empty()) {
    page.headline.clauses = {"no baselines yet"};
    page.next = {"save one", "pulsebench run --save main"};
    return page;
  }
  page.headline.clauses = {
      render::format_count(static_cast<long long>(entries.size()), "baseline", "baselines")};
  const auto broken =
      std::ranges::count_if(entries, [](const Entry& entry) { return !entry.envelope; });
  if (broken > 0) {
    page.headline.clauses.emplace_back(fmt::format("{} cannot be read", broken), Tone::bad);
  }
  render::Table table{.columns = {{.header = "name", .elastic = true},
                                  {.header = "commit"},
                                  {.header = "branch", .drop = 2},
                                  {.header = "started (UTC)", .drop = 1},
                                  {.header = "preset", .drop = 3},
                                  {.header = "machine"},
                                  {.header = "note"}},
                      .groups = {{}}};
  for (const Entry& entry : entries) table.groups[0].rows.push_back(row_of(entry, machine_key));
  page.add(std::move(table));
  for (const Entry& entry : entries) {
    if (entry.envelope) continue;
    page.add(render::Note{Mark::missed, printable(entry.envelope.error().message, 400)});
  }
  return page;
}

}  // namespace pulsebench::report
