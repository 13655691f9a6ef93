#include "pulsebench/report/doctor_screen.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include "pulsebench/render/json_text.hpp"
#include "pulsebench/render/quantity.hpp"
#include "pulsebench/render/table.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::report {
namespace {

using State = CheckLine::State;

constexpr std::ptrdiff_t kScreenLines = 24;  // what a terminal has shown since the VT100

const char* word_of(State state) {
  switch (state) {
    case State::bad:
      return "bad";
    case State::warning:
      return "warning";
    case State::ok:
      return "ok";
    case State::not_applicable:
      return "not_applicable";
  }
  return "";
}

render::Tone tone_of(State state) {
  switch (state) {
    case State::bad:
      return render::Tone::bad;
    case State::warning:
      return render::Tone::doubtful;
    case State::ok:
      return render::Tone::good;
    case State::not_applicable:
      return render::Tone::quiet;
  }
  return render::Tone::plain;
}

render::Text mark_of(State state, const render::Style& style) {
  const render::Glyphs& glyph = render::glyphs(style);
  switch (state) {
    case State::bad:
      return {std::string{glyph.missed}, tone_of(state)};
    case State::warning:
      return {std::string{glyph.attention}, tone_of(state)};
    case State::ok:
      return {std::string{glyph.met}, tone_of(state)};
    case State::not_applicable:
      return {std::string{glyph.dash}, tone_of(state)};
  }
  return {};
}

std::vector<const CheckLine*> with_state(const std::vector<CheckLine>& checks, State state) {
  std::vector<const CheckLine*> chosen;
  for (const CheckLine& check : checks) {
    if (check.state == state) chosen.push_back(&check);
  }
  return chosen;
}

std::string headline(const std::vector<CheckLine>& checks, const render::Style& style) {
  const auto bad = with_state(checks, State::bad).size();
  const auto warnings = with_state(checks, State::warning).size();
  const auto examined = static_cast<long long>(checks.size());
  if (bad == 0 && warnings == 0) {
    return render::painted("ready to measure", render::Tone::good, style) +
           fmt::format(": {} examined, nothing to mend\n",
                       render::format_count(examined, "thing", "things"));
  }
  std::vector<std::string> parts;
  if (bad > 0) {
    parts.push_back(fmt::format("{} {} the figures", bad, bad == 1 ? "spoils" : "spoil"));
  }
  if (warnings > 0) parts.push_back(fmt::format("{} may widen them", warnings));
  const std::string verdict =
      bad > 0 ? render::painted("not ready", render::Tone::bad, style)
              : render::painted("ready, with warnings", render::Tone::doubtful, style);
  return fmt::format("{}: of {} examined {}\n", verdict,
                     render::format_count(examined, "thing", "things"), fmt::join(parts, ", "));
}

/// "ok: pinning, clocksource, ...": what needs no line of its own.
std::string folded(const std::vector<CheckLine>& checks, State state, const char* title,
                   const render::Style& style) {
  std::vector<render::Text> names;
  for (const CheckLine* check : with_state(checks, state)) {
    names.emplace_back(printable(check->name));
  }
  if (names.empty()) return "";
  names.front() =
      render::Text{fmt::format("{}: ", title), tone_of(state)}.add(names.front().spans[0].text);
  return render::flowed(names, ", ", 0, style);
}

/// The checks with a line of their own, worst first.
std::vector<const CheckLine*> listed(const std::vector<CheckLine>& checks, bool all) {
  std::vector<const CheckLine*> chosen;
  for (const State state : {State::bad, State::warning, State::ok, State::not_applicable}) {
    if (!all && state != State::bad && state != State::warning) continue;
    const auto found = with_state(checks, state);
    chosen.insert(chosen.end(), found.begin(), found.end());
  }
  return chosen;
}

std::string table_of(std::span<const CheckLine* const> checks, const render::Style& style) {
  render::TextTable table{{{.header = ""}, {.header = "", .gap = 1}, {.header = ""}}};
  for (const CheckLine* check : checks) {
    render::Text seen{printable(check->seen)};
    const std::string consequence = printable(check->consequence, 400);
    if (!consequence.empty()) seen.add(": " + consequence);
    table.spanning_row({mark_of(check->state, style),
                        render::Text{printable(check->name), render::Tone::strong}, seen});
    if (!check->fix.empty()) {
      table.verbatim_row(
          {{}, {}, render::Text{"fix: ", render::Tone::quiet}.add(printable(check->fix, 400))});
    }
  }
  return checks.empty() ? "" : "\n" + table.plain(style);
}

/// What is not among the first `shown` findings, by name alone.
std::string rest_of(const std::vector<CheckLine>& checks,
                    std::span<const CheckLine* const> not_shown, const render::Style& style) {
  std::vector<render::Text> names;
  for (const CheckLine* check : not_shown) names.emplace_back(printable(check->name));
  std::string rest;
  if (!names.empty()) {
    names.front() = render::Text{"also (--all shows them): ", render::Tone::doubtful}.add(
        names.front().spans[0].text);
    rest = render::flowed(names, ", ", 0, style);
  }
  rest += folded(checks, State::ok, "ok", style) +
          folded(checks, State::not_applicable, "not here", style);
  return rest.empty() ? "" : "\n" + rest;
}

}  // namespace

std::string doctor_text(const std::vector<CheckLine>& checks, bool all,
                        const render::Style& style) {
  const auto chosen = listed(checks, all);
  const std::span<const CheckLine* const> lines{chosen};
  const std::string head = headline(checks, style);
  if (all) return head + table_of(lines, style);
  for (std::size_t shown = lines.size();; --shown) {
    std::string screen =
        head + table_of(lines.first(shown), style) + rest_of(checks, lines.subspan(shown), style);
    if (shown <= 1 || std::count(screen.begin(), screen.end(), '\n') <= kScreenLines) return screen;
  }
}

std::string doctor_json(const std::vector<CheckLine>& checks) {
  auto list = nlohmann::ordered_json::array();
  State worst = State::ok;
  for (const CheckLine& check : checks) {
    worst = std::min(worst, check.state);
    list.push_back({{"name", check.name},
                    {"state", word_of(check.state)},
                    {"seen", printable(check.seen, render::kLongestText)},
                    {"consequence", printable(check.consequence, render::kLongestText)},
                    {"fix", printable(check.fix, render::kLongestText)}});
  }
  return render::json_text({{"schema", "pulsebench-doctor"},
                            {"version", 1},
                            {"verdict", word_of(worst)},
                            {"checks", list}});
}

}  // namespace pulsebench::report
