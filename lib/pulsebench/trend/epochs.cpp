#include "pulsebench/trend/epochs.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::trend {
namespace {

std::string value_of(const NamedFacts& facts, const std::string& name) {
  for (const auto& [key, value] : facts) {
    if (key == name) return value;
  }
  return {};
}

std::string transition(const std::string& name, const std::string& before,
                       const std::string& after) {
  const auto shown = [](const std::string& value) {
    return value.empty() ? std::string{"unknown"} : printable(value, 80);
  };
  return fmt::format("{}: {} → {}", printable(name, 40), shown(before), shown(after));
}

/// The reset between two nights; null where there is none.
const Decision* reset_between(const std::vector<Decision>& resets, const Source& before,
                              const Source& after) {
  const auto ends_there = [&](const Decision& reset) {
    return reset.id == after.cost->id && reset.night >= before.night->day &&
           reset.night < after.night->day;
  };
  const auto found = std::ranges::find_if(resets, ends_there);
  return found == resets.end() ? nullptr : &*found;
}

/// Why a new epoch begins with `after`; `because` is empty where none does.
Epoch boundary(const Source& before, const Source& after, const std::vector<Decision>& resets) {
  Epoch epoch;
  const auto add = [&epoch](const std::string& reason) {
    epoch.because += (epoch.because.empty() ? "" : ", ") + reason;
  };
  if (const Decision* const reset = reset_between(resets, before, after)) {
    add("reset: " + printable(reset->reason));
    epoch.ends_alerts = true;
  }
  if (before.cost->version != after.cost->version) {
    add(fmt::format("benchmark version {} → {}", before.cost->version, after.cost->version));
    epoch.ends_alerts = true;
  }
  const Unit old_unit = before.cost->cost.unit, new_unit = after.cost->cost.unit;
  if (old_unit != new_unit || before.cost->better != after.cost->better) {
    add(fmt::format("unit {} → {}, better {} → {}", name_of(old_unit), name_of(new_unit),
                    name_of(before.cost->better), name_of(after.cost->better)));
    epoch.ends_alerts = true;
  }
  if (before.night->timer != after.night->timer) {
    add(transition("timer", before.night->timer, after.night->timer));
  }
  if (before.night->machine_key != after.night->machine_key) {
    add(transition("machine", before.night->machine_key, after.night->machine_key));
    for (const std::string& fact : changed_facts(*before.night, *after.night)) add(fact);
  }
  return epoch;
}

}  // namespace

std::vector<std::string> changed_facts(const Night& before, const Night& after) {
  std::vector<std::string> changed;
  for (const auto& [name, value] : after.facts) {
    const std::string old = value_of(before.facts, name);
    if (old != value) changed.push_back(transition(name, old, value));
  }
  for (const auto& fact : before.facts) {
    const bool gone =
        std::ranges::none_of(after.facts, [&](const auto& one) { return one.first == fact.first; });
    if (gone) changed.push_back(transition(fact.first, fact.second, ""));
  }
  return changed;
}

std::vector<Epoch> epochs_of(std::span<const Source> points, const std::vector<Decision>& resets) {
  std::vector<Epoch> epochs;
  if (!points.empty()) epochs.emplace_back();
  for (std::size_t i = 1; i < points.size(); ++i) {
    Epoch epoch = boundary(points[i - 1], points[i], resets);
    if (epoch.because.empty()) continue;
    epoch.first = i;
    epochs.push_back(std::move(epoch));
  }
  return epochs;
}

}  // namespace pulsebench::trend
