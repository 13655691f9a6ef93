#include "pulsebench/report/tune_screen.hpp"

#include <fmt/format.h>

#include "pulsebench/render/json_text.hpp"
#include "pulsebench/render/table.hpp"
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

}  // namespace

std::string tune_text(const std::vector<KnobLine>& knobs, const std::string& verdict,
                      const std::string& next, const render::Style& style) {
  render::TextTable table{{{.header = "knob"},
                           {.header = "was"},
                           {.header = "is"},
                           {.header = "wanted"},
                           {.header = "outcome"}}};
  std::vector<render::Text> absent;
  bool any = false;
  for (const KnobLine& knob : knobs) {
    if (knob.mood == KnobLine::Mood::absent) {
      absent.emplace_back(printable(knob.name));
      continue;
    }
    render::Text outcome{printable(knob.outcome), tone_of(knob.mood)};
    if (!knob.reason.empty()) outcome.add(": " + printable(knob.reason, kLongestReason));
    table.spanning_row({render::Text{printable(knob.name), render::Tone::strong},
                        printable(knob.original), printable(knob.achieved),
                        printable(knob.requested), outcome});
    any = true;
  }
  std::string screen = printable(verdict, kLongestReason) + "\n";
  if (any) screen += "\n" + table.plain(style);
  if (!absent.empty()) {
    absent.front() =
        render::Text{"not here: ", render::Tone::quiet}.add(absent.front().spans[0].text);
    screen += "\n" + render::flowed(absent, ", ", 0, style);
  }
  if (!next.empty()) screen += "\nnext: " + next + "\n";
  return screen;
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

}  // namespace pulsebench::report
