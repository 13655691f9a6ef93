#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "pulsebench/trend/trend.hpp"

namespace pulsebench::trend {

/// A benchmark whose cost is another than before, and which raised no alert.
struct Drift {
  BenchmarkId id;
  Tier tier = Tier::critical;
  Cost before, after;

  [[nodiscard]] Percent percent() const {
    return Percent{100.0 * (after.value / before.value - 1.0)};
  }
};

/// An operation and its target.
struct AgainstTarget {
  BenchmarkId id;
  Tier tier = Tier::critical;
  Cost cost, target;

  [[nodiscard]] Percent share() const { return Percent{100.0 * cost.value / target.value}; }
};

/// A benchmark whose launches spread more than before.
struct Noisier {
  BenchmarkId id;
  Tier tier = Tier::critical;
  Percent before, after;  ///< robust CV, the median of the nights
};

/// What a person who looks once a week or month should see of one kind of machine beside the
/// changes of level.
struct Review {
  std::string machine_kind;
  std::string since, until;        ///< the first day asked for, and the newest night
  std::size_t nights = 0;          ///< in that time
  int missing = 0;                 ///< nights that were expected in that time and are not there
  std::size_t series = 0;          ///< benchmarks
  std::vector<Drift> drifts = {};  ///< by 1 % or more; the largest first
  std::vector<AgainstTarget> targets =
      {};                               ///< the newest cost; the slowest against its target first
  std::vector<Noisier> noisier = {};    ///< by half or more, and beyond 1 %; the noisiest first
  std::vector<BenchmarkId> still = {};  ///< no change in all nights, of at least 14
};

/// Looks back from the newest night to the day `since`. `targets` are by id. Pure.
[[nodiscard]] Review review(const Trend& trend, const std::map<std::string, Cost>& targets,
                            const std::string& since);

}  // namespace pulsebench::trend
