#include "pulsebench/report/doctor_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "pulsebench/render/json_text.hpp"
#include "pulsebench/render/quantity.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::report {
namespace {

using doctor::Check;
using State = doctor::CheckState;
using Checks = std::vector<const Check*>;
using render::Mark;
using render::Tone;

/// So many findings, each in three lines, fit the 24 lines that a terminal has shown since the
/// VT100.
constexpr std::size_t kMostShown = 6;

/// In the order of `State`.
struct Look {
  const char* word;
  Mark mark;
};
constexpr std::array<Look, 4> kLooks{{{"bad", Mark::missed},
                                      {"warning", Mark::attention},
                                      {"ok", Mark::met},
                                      {"not_applicable", Mark::absent}}};

const Look& look_of(State state) { return kLooks[static_cast<std::size_t>(state)]; }

Checks with_state(const std::vector<Check>& checks, State state) {
  Checks chosen;
  for (const Check& check : checks) {
    if (check.state == state) chosen.push_back(&check);
  }
  return chosen;
}

render::Headline headline_of(const std::vector<Check>& checks) {
  const auto bad = with_state(checks, State::bad).size();
  const auto warnings = with_state(checks, State::warning).size();
  const std::string all =
      render::format_count(static_cast<long long>(checks.size()), "check", "checks");
  if (bad == 0 && warnings == 0) {
    return {"ready to measure", Tone::good, {all + ", no problem"}};
  }
  std::vector<std::string> parts;
  if (bad > 0) {
    parts.push_back(fmt::format("{} of {} {}", bad, all, bad == 1 ? "fails" : "fail"));
  }
  if (warnings > 0) {
    const std::string of = bad > 0 ? "" : " of " + all;
    parts.push_back(fmt::format("{}{} may add noise", warnings, of));
  }
  const std::string sentence = fmt::format("{}", fmt::join(parts, ", "));
  if (bad > 0) return {"not ready", Tone::bad, {sentence}};
  return {"ready, with warnings", Tone::doubtful, {sentence}};
}

/// "ok: pinning, clocksource, ...": what needs no line of its own.
void add_names(render::Page& page, const char* title, Tone tone,
               std::span<const Check* const> checks) {
  if (checks.empty()) return;
  render::Text text{title, tone};
  for (const Check* check : checks) {
    text.add(check == checks.front() ? ": " : ", ").add(check->name);
  }
  page.add(render::Paragraph{{std::move(text)}});
}

/// The checks with a line of their own, worst first.
Checks listed(const std::vector<Check>& checks, bool all) {
  Checks chosen;
  for (const State state : {State::bad, State::warning, State::ok, State::not_applicable}) {
    if (!all && state != State::bad && state != State::warning) continue;
    const auto found = with_state(checks, state);
    chosen.insert(chosen.end(), found.begin(), found.end());
  }
  return chosen;
}

render::Table table_of(std::span<const Check* const> checks) {
  render::Table table{.columns = {{.header = "check"}, {.header = "finding"}}, .groups = {{}}};
  for (const Check* check : checks) {
    render::Text finding{check->seen};
    const std::string consequence = printable(check->consequence, 400);
    if (!consequence.empty()) finding.add(": ").add(consequence);
    const render::Name name{check->name};
    table.groups[0].rows.push_back({.cells = {{name, Tone::strong, look_of(check->state).mark}},
                                    .note = finding,
                                    .command = printable(check->fix, 400)});
  }
  return table;
}

std::string doctor_json(const std::vector<Check>& checks) {
  auto list = nlohmann::ordered_json::array();
  State worst = State::ok;
  for (const Check& check : checks) {
    worst = std::min(worst, check.state);
    list.push_back({{"name", check.name},
                    {"state", look_of(check.state).word},
                    {"seen", printable(check.seen, render::kLongestText)},
                    {"consequence", printable(check.consequence, render::kLongestText)},
                    {"fix", printable(check.fix, render::kLongestText)}});
  }
  return render::json_text({{"schema", "pulsebench-doctor"},
                            {"version", 1},
                            {"verdict", look_of(worst).word},
                            {"checks", list}});
}

}  // namespace

render::Page doctor_page(const std::vector<Check>& checks, bool all) {
  render::Page page{.title = "doctor", .headline = headline_of(checks), .json = [checks] {
                      return doctor_json(checks);
                    }};
  const Checks chosen = listed(checks, all);
  const std::span<const Check* const> lines{chosen};
  const std::size_t shown = all ? lines.size() : std::min(lines.size(), kMostShown);
  if (shown > 0) page.add(table_of(lines.first(shown)));
  if (all) return page;
  add_names(page, "also (--all shows them)", Tone::doubtful, lines.subspan(shown));
  add_names(page, "ok", Tone::good, with_state(checks, State::ok));
  add_names(page, "not on this machine", Tone::quiet, with_state(checks, State::not_applicable));
  return page;
}

}  // namespace pulsebench::report
