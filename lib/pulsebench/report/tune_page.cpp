#include "pulsebench/report/tune_page.hpp"

#include <fmt/format.h>

#include <utility>

#include "pulsebench/render/json_text.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::report {
namespace {

using tune::KnobOutcome;
using tune::KnobReport;

constexpr std::size_t kLongestReason = 400;

render::Tone tone_of(KnobOutcome outcome) {
  switch (outcome) {
    case KnobOutcome::set:
    case KnobOutcome::already:
      return render::Tone::good;
    case KnobOutcome::refused:
      return render::Tone::bad;
    case KnobOutcome::partly:
    case KnobOutcome::not_permitted:
    case KnobOutcome::not_asked:
      return render::Tone::doubtful;
    case KnobOutcome::absent:
      break;
  }
  return render::Tone::quiet;
}

std::string word_of(const KnobReport& knob, Knobs kind) {
  const bool open = tone_of(knob.outcome) == render::Tone::doubtful;
  return kind == Knobs::planned && open ? "would be set" : std::string{name_of(knob.outcome)};
}

/// Nothing where nothing is changed: it is what it was.
std::string original_of(const KnobReport& knob, Knobs kind) {
  return kind == Knobs::planned ? "" : knob.original;
}

std::string tune_json(const std::vector<KnobReport>& knobs, Knobs kind,
                      const std::string& verdict) {
  auto list = nlohmann::ordered_json::array();
  for (const KnobReport& knob : knobs) {
    list.push_back({{"name", knob.name},
                    {"outcome", word_of(knob, kind)},
                    {"original", printable(original_of(knob, kind))},
                    {"requested", printable(knob.requested)},
                    {"achieved", printable(knob.achieved)},
                    {"reason", printable(knob.reason, kLongestReason)}});
  }
  return render::json_text({{"schema", "pulsebench-tune"},
                            {"version", 1},
                            {"verdict", printable(verdict, kLongestReason)},
                            {"knobs", list}});
}

}  // namespace

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
        {.cells = {render::Text{knob.name, render::Tone::strong}, original_of(knob, kind),
                   knob.achieved, knob.requested},
         .note = std::move(outcome)});
  }
  if (!table.groups[0].rows.empty()) page.add(std::move(table));
  if (!absent.empty()) page.add(render::Paragraph{{std::move(absent)}});
  page.next.command = next;
  return page;
}

}  // namespace pulsebench::report
