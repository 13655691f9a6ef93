#include "pulsebench/report/machine_pages.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "pulsebench/json/write.hpp"
#include "pulsebench/render/quantity.hpp"
#include "pulsebench/render/text.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::report {
namespace {

using Json = nlohmann::ordered_json;
using render::Mark;
using render::Tone;

using doctor::Check;
using State = doctor::CheckState;
using Checks = std::vector<const Check*>;

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
  auto list = Json::array();
  State worst = State::ok;
  for (const Check& check : checks) {
    worst = std::min(worst, check.state);
    list.push_back({{"name", check.name},
                    {"state", look_of(check.state).word},
                    {"seen", printable(check.seen, render::kLongestText)},
                    {"consequence", printable(check.consequence, render::kLongestText)},
                    {"fix", printable(check.fix, render::kLongestText)}});
  }
  return json::document_text({{"schema", "pulsebench-doctor"},
                              {"version", 1},
                              {"verdict", look_of(worst).word},
                              {"checks", list}});
}

using tune::KnobOutcome;
using tune::KnobReport;

constexpr std::size_t kLongestReason = 400;

Tone tone_of(KnobOutcome outcome) {
  switch (outcome) {
    case KnobOutcome::set:
    case KnobOutcome::already:
      return Tone::good;
    case KnobOutcome::refused:
    case KnobOutcome::unreadable:
      return Tone::bad;
    case KnobOutcome::partly:
    case KnobOutcome::not_permitted:
    case KnobOutcome::not_asked:
      return Tone::doubtful;
    case KnobOutcome::absent:
      break;
  }
  return Tone::quiet;
}

std::string word_of(const KnobReport& knob, Knobs kind) {
  const bool open = tone_of(knob.outcome) == Tone::doubtful;
  return kind == Knobs::planned && open ? "would be set" : std::string{name_of(knob.outcome)};
}

/// Nothing where nothing is changed: it is what it was.
std::string original_of(const KnobReport& knob, Knobs kind) {
  return kind == Knobs::planned ? "" : knob.original;
}

std::string tune_json(const std::vector<KnobReport>& knobs, Knobs kind,
                      const std::string& verdict) {
  auto list = Json::array();
  for (const KnobReport& knob : knobs) {
    list.push_back({{"name", knob.name},
                    {"outcome", word_of(knob, kind)},
                    {"original", printable(original_of(knob, kind))},
                    {"requested", printable(knob.requested)},
                    {"achieved", printable(knob.achieved)},
                    {"reason", printable(knob.reason, kLongestReason)}});
  }
  return json::document_text({{"schema", "pulsebench-tune"},
                              {"version", 1},
                              {"verdict", printable(verdict, kLongestReason)},
                              {"knobs", list}});
}

using counters::KnownEvent;
using counters::KnownUnit;

long long counted_among(const std::vector<KnownEvent>& events) {
  return std::ranges::count_if(events, &KnownEvent::opens);
}

render::Group group_of(const std::string& title, const std::vector<KnownEvent>& events) {
  render::Group group{.title = {title, Tone::strong}};
  for (const KnownEvent& event : events) {
    const render::Name name{event.name};
    group.rows.push_back({.cells = {{name, Tone::plain, event.opens ? Mark::met : Mark::absent}},
                          .note = {event.reason, Tone::quiet}});
  }
  return group;
}

Json events_json(const std::vector<KnownEvent>& events) {
  Json list = Json::array();
  for (const KnownEvent& event : events) {
    list.push_back({{"name", printable(event.name)},
                    {"counted", event.opens},
                    {"note", printable(event.reason, render::kLongestText)}});
  }
  return list;
}

std::string counters_json(const std::vector<KnownEvent>& usual,
                          const std::vector<KnownUnit>& units) {
  Json list = Json::array();
  for (const KnownUnit& unit : units) {
    list.push_back({{"name", printable(unit.name)},
                    {"description", printable(unit.description)},
                    {"events", events_json(unit.events)}});
  }
  return json::document_text({{"schema", "pulsebench-counters"},
                              {"version", 1},
                              {"default", events_json(usual)},
                              {"units", list}});
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

render::Page tune_page(const std::vector<KnobReport>& knobs, Knobs kind, const std::string& verdict,
                       const std::string& next) {
  render::Page page{.title = "tune",
                    .headline = {.clauses = {printable(verdict, kLongestReason)}},
                    .json = [=] { return tune_json(knobs, kind, verdict); }};
  render::Table table{.columns = {{.header = "setting"},
                                  {.header = "was"},
                                  {.header = "is"},
                                  {.header = "wanted"},
                                  {.header = "outcome"}},
                      .groups = {{}}};
  render::Text absent;
  for (const KnobReport& knob : knobs) {
    if (knob.outcome == KnobOutcome::absent) {
      absent.add(absent.empty() ? "not on this machine: " : ", ").add(knob.name);
      continue;
    }
    render::Text outcome{word_of(knob, kind), tone_of(knob.outcome)};
    if (!knob.reason.empty()) outcome.add(": ").add(printable(knob.reason, kLongestReason));
    table.groups[0].rows.push_back(
        {.cells = {render::Text{knob.name, Tone::strong}, original_of(knob, kind), knob.achieved,
                   knob.requested},
         .note = std::move(outcome)});
  }
  if (!table.groups[0].rows.empty()) page.add(std::move(table));
  if (!absent.empty()) page.add(render::Paragraph{{std::move(absent)}});
  page.next.command = next;
  return page;
}

render::Page counters_page(const std::vector<KnownEvent>& usual,
                           const std::vector<KnownUnit>& units, bool all) {
  const auto events = static_cast<long long>(usual.size());
  render::Page page{
      .title = "counters",
      .headline = {.clauses = {fmt::format(
                       "{} of {} that a run counts by default can be counted here",
                       counted_among(usual), render::format_count(events, "event", "events"))}},
      .json = [usual, units] { return counters_json(usual, units); }};
  render::Table table{.columns = {{.header = "event"}, {.header = "note"}},
                      .groups = {group_of("default", usual)}};
  std::vector<render::Text> known;
  for (const KnownUnit& unit : units) {
    if (all) table.groups.push_back(group_of(unit.name + ": " + unit.description, unit.events));
    known.emplace_back(fmt::format("{} ({} of {} counted)", unit.name, counted_among(unit.events),
                                   unit.events.size()));
  }
  page.add(std::move(table));
  if (all || known.empty()) return page;
  known.front() = render::Text{"known to libpfm here: "}.append(known.front());
  page.add(render::Paragraph{std::move(known)});
  page.next.command = "pulsebench counters list --all";
  return page;
}

}  // namespace pulsebench::report
