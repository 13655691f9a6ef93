#pragma once

#include <span>
#include <string>
#include <vector>

#include "pulsebench/trend/decisions.hpp"
#include "pulsebench/trend/night.hpp"
#include "pulsebench/trend/trend.hpp"

namespace pulsebench::trend {

/// What one point of a series was measured by.
struct Source {
  const Night* night = nullptr;
  const NightCost* cost = nullptr;
};

/// The epochs of a series. `resets` may be of other benchmarks too.
[[nodiscard]] std::vector<Epoch> epochs_of(std::span<const Source> points,
                                           const std::vector<Decision>& resets);

/// The facts that differ from one night to the other, as "compiler: GNU 12.2 → GNU 13.1".
[[nodiscard]] std::vector<std::string> changed_facts(const Night& before, const Night& after);

}  // namespace pulsebench::trend
