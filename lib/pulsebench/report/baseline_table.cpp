#include "pulsebench/report/baseline_table.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "pulsebench/render/json_text.hpp"
#include "pulsebench/render/quantity.hpp"
#include "pulsebench/render/table.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::report {
namespace {

using baseline::Document;
using baseline::Entry;

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

render::Text machine_of(const Document& document, const std::string& machine_key) {
  const std::string key = printable(document.machine.key.substr(0, 8));
  if (machine_key.empty()) return key;
  if (document.machine.key == machine_key) return {"this one", render::Tone::good};
  return render::Text{key}.add(" (another)", render::Tone::doubtful);
}

std::string remarks_on(const Document& document) { return document.complete ? "" : "incomplete"; }

void add_facts(render::TextTable& table, const char* title, const NamedFacts& facts) {
  if (facts.empty()) return;
  table.title({title, render::Tone::strong});
  for (const auto& [name, value] : facts) {
    table.spanning_row(
        {" ", render::Text{printable(name), render::Tone::quiet}, printable(value, 400)});
  }
}

NamedFacts git_facts(const Git& git) {
  NamedFacts facts;
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) facts.emplace_back(name, value);
  };
  add("commit", git.commit);
  if (git.dirty) add("tree", "uncommitted changes");
  add("branch", git.branch);
  add("commit date", git.commit_date);
  add("merge base", git.merge_base);
  return facts;
}

NamedFacts run_facts(const Document& document) {
  NamedFacts facts;
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) facts.emplace_back(name, value);
  };
  add("run", document.run_id);
  add("started", document.started);
  add("ended", document.ended);
  add("reason", document.reason);
  add("command", fmt::format("{}", fmt::join(document.command_line, " ")));
  add("tool", document.tool_version);
  if (!document.complete) add("incomplete", document.incomplete_because);
  return facts;
}

NamedFacts suite_facts(const SuiteBuild& suite) {
  NamedFacts facts{{"sha256", suite.sha256}};
  facts.insert(facts.end(), suite.facts.begin(), suite.facts.end());
  return facts;
}

/// "performance, asked for performance; at the end powersave: ..."
std::string state_text(const StateFact& fact) {
  std::string text = fact.before.empty() ? "absent" : fact.before;
  if (!fact.requested.empty() && fact.requested != fact.before) {
    text += ", asked for " + fact.requested;
  }
  if (!fact.after.empty() && fact.after != fact.before) text += ", at the end " + fact.after;
  return fact.reason.empty() ? text : text + ": " + fact.reason;
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
  if (!machine_key.empty()) json["this_machine"] = document.machine.key == machine_key;
  return json;
}

}  // namespace

std::string baseline_list_text(const std::vector<Entry>& entries, const std::string& machine_key,
                               const render::Style& style) {
  if (entries.empty()) return "no baselines yet; save one with: pulsebench run --save main\n";
  const auto broken = std::count_if(entries.begin(), entries.end(),
                                    [](const Entry& entry) { return !entry.envelope; });
  std::string text =
      render::format_count(static_cast<long long>(entries.size()), "baseline", "baselines");
  if (broken > 0) {
    text +=
        ", " + render::painted(fmt::format("{} cannot be read", broken), render::Tone::bad, style);
  }
  text += "\n\n";
  render::TextTable table{{{.header = "name", .elastic = true},
                           {.header = "commit"},
                           {.header = "branch", .drop = 2},
                           {.header = "started (UTC)", .drop = 1},
                           {.header = "preset", .drop = 3},
                           {.header = "machine"},
                           {.header = ""}}};
  std::string reasons;
  for (const Entry& entry : entries) {
    const render::Text name = printable(entry.name);
    if (!entry.envelope) {
      table.spanning_row({name, render::Text{"cannot be read", render::Tone::bad}});
      reasons += render::hanging({std::string{render::glyphs(style).missed}, render::Tone::bad},
                                 printable(entry.envelope.error().message, 400), style);
      continue;
    }
    const Document& document = *entry.envelope;
    table.row({name, commit_of(document.git), printable(document.git.branch, 24),
               to_the_minute(document.started), printable(document.preset, 24),
               machine_of(document, machine_key),
               render::Text{remarks_on(document), render::Tone::doubtful}});
  }
  text += table.plain(style);
  return reasons.empty() ? text : text + "\n" + reasons;
}

std::string baseline_list_json(const std::vector<Entry>& entries, const std::string& machine_key) {
  auto list = nlohmann::ordered_json::array();
  for (const Entry& entry : entries) list.push_back(entry_json(entry, machine_key));
  return render::json_text(
      {{"schema", "pulsebench-baselines"}, {"version", 1}, {"baselines", list}});
}

std::string envelope_text(const Document& document, const render::Style& style) {
  render::TextTable table{{{.header = ""}, {.header = "", .gap = 1}, {.header = ""}}};
  add_facts(table, "run", run_facts(document));
  add_facts(table, "git", git_facts(document.git));
  for (const SuiteBuild& suite : document.suites) {
    add_facts(table, ("suite " + printable(suite.name)).c_str(), suite_facts(suite));
  }
  add_facts(table, "machine, which must be equal to compare", document.machine.hashed);
  add_facts(table, "machine, which may drift", document.machine.shown);
  NamedFacts state;
  for (const StateFact& fact : document.state) state.emplace_back(fact.name, state_text(fact));
  add_facts(table, "state", state);
  return table.plain(style);
}

}  // namespace pulsebench::report
