#include "pulsebench/tune/knob.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "pulsebench/os/pseudo_file.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::tune {

void Knob::cannot_read(const Error& error) {
  steps.clear();
  absent_because = error.message;
  unreadable = error.code != ErrorCode::not_found;
}

bool may_exist(const SysIo& io, const std::string& path) {
  const auto content = io.read(path);
  return content || content.error().code != ErrorCode::not_found;
}

std::string shown_as(const Knob& knob, const std::vector<std::string>& contents) {
  std::set<std::string> values;
  for (const auto& content : contents) {
    const std::string chosen_word = os::chosen(content);
    const std::string value = chosen_word.substr(0, chosen_word.find_last_not_of(" \t\r\n") + 1);
    const auto word = knob.words.find(value);
    values.insert(word == knob.words.end() ? printable(value, 60) : word->second);
  }
  return fmt::format("{}", fmt::join(values, "; "));
}

std::vector<std::string> contents_of(const SysIo& io, const Knob& knob) {
  std::vector<std::string> contents;
  for (const auto& step : knob.steps) {
    if (step.is_means) continue;
    if (auto content = io.read(step.path)) contents.push_back(std::move(*content));
  }
  return contents;
}

void add_to(std::vector<StateFact>& facts, const std::vector<KnobReport>& knobs) {
  for (const auto& knob : knobs) {
    if (knob.requested.empty()) continue;
    auto fact = std::find_if(facts.begin(), facts.end(),
                             [&](const auto& known) { return known.name == knob.name; });
    if (fact == facts.end()) {
      facts.push_back({knob.name, "", knob.achieved, knob.achieved, ""});
      fact = facts.end() - 1;
    }
    fact->requested = knob.requested;
    const bool well = knob.outcome == KnobOutcome::set || knob.outcome == KnobOutcome::already;
    if (!well) fact->reason = fmt::format("{}: {}", name_of(knob.outcome), knob.reason);
    if (well && !fact->reason.empty()) {  // reached, though the observer could not
      fact->before = fact->after = knob.achieved;
      fact->reason.clear();
    }
  }
}

}  // namespace pulsebench::tune
