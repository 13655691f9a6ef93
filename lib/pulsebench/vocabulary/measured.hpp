#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pulsebench/vocabulary/benchmark.hpp"
#include "pulsebench/vocabulary/counts.hpp"
#include "pulsebench/vocabulary/sample.hpp"
#include "pulsebench/vocabulary/units.hpp"

namespace pulsebench {

/// Everything that was seen of one benchmark on one side: the raw samples, and what they are
/// samples of.
struct Measured {
  BenchmarkInfo info;
  std::string suite = {};
  Outcome outcome = {};  ///< the visits before a failure are kept, and summarised, whatever it says
  Batching batching = {};
  int launches_asked = 0;
  std::vector<Visit> visits = {};  ///< in the order measured; at most one a launch
  bool oversubscribed = false;     ///< it had more threads than CPUs
  std::optional<Cost> target = {};
  std::optional<double> injected_percent = {};
  std::optional<ExactCount> exact = {};         ///< where instructions were to be counted
  std::optional<Allocations> allocations = {};  ///< where allocations were to be counted
  std::optional<double> max_allocations = {};
};

}  // namespace pulsebench
