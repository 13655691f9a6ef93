#include "pulsebench/report/tune_page.hpp"

#include <fmt/format.h>

#include <utility>

#include "pulsebench/render/json_text.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::report {
namespace {

constexpr std::size_t kLongestReason = 400;

render::Tone tone_of(KnobLine::Mood mood) {
  switch (mood) {
    case KnobLine::Mood::good:
      return render::Tone::good;
    case KnobLine::Mood::open:
      return render::Tone::doubtful;
    case KnobLine::Mood::bad:
      return render::Tone::bad;
    case KnobLine::Mood::absent:
      break;
  }
  return render::Tone::quiet;
}

std::string tune_json(const std::vector<KnobLine>& knobs, const std::string& verdict) {
  auto list = nlohmann::ordered_json::array();
  for (const KnobLine& knob : knobs) {
    list.push_back({{"name", knob.name},
                    {"outcome", knob.outcome},
                    {"original", printable(knob.original)},
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

render::Page tune_page(const std::vector<KnobLine>& knobs, const std::string& verdict,
                       const std::string& next) {
  render::Page page{.title = "tune",
                    .headline = {.clauses = {printable(verdict, kLongestReason)}},
                    .json = [knobs, verdict] { return tune_json(knobs, verdict); }};
  render::Table table{.columns = {{.header = "setting"},
                                  {.header = "was"},
                                  {.header = "is"},
                                  {.header = "wanted"},
                                  {.header = "outcome"}},
                      .groups = {{}}};
  render::Text absent;
  for (const KnobLine& knob : knobs) {
    if (knob.mood == KnobLine::Mood::absent) {
      absent.add(absent.empty() ? "not on this machine: " : ", ").add(knob.name);
      continue;
    }
    render::Text outcome{knob.outcome, tone_of(knob.mood)};
    if (!knob.reason.empty()) outcome.add(": ").add(printable(knob.reason, kLongestReason));
    table.groups[0].rows.push_back({.cells = {render::Text{knob.name, render::Tone::strong},
                                              knob.original, knob.achieved, knob.requested},
                                    .note = std::move(outcome)});
  }
  if (!table.groups[0].rows.empty()) page.add(std::move(table));
  if (!absent.empty()) page.add(render::Paragraph{{std::move(absent)}});
  page.next.command = next;
  return page;
}

}  // namespace pulsebench::report
