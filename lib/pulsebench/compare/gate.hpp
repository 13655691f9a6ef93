#pragma once

#include <optional>

#include "pulsebench/config/config.hpp"
#include "pulsebench/vocabulary/benchmark.hpp"
#include "pulsebench/vocabulary/environment.hpp"
#include "pulsebench/vocabulary/units.hpp"

namespace pulsebench::compare {

/// How one benchmark is judged, whichever way it is measured.
struct Gate {
  Percent threshold;
  double alpha = 0.01;          ///< of the whole family
  bool gates = false;           ///< whether a regression of it fails the run
  bool oversubscribed = false;  ///< it has more threads than the machine has CPUs
};

/// The gate of its tier, with the threshold of its rule where it has one, and two exceptions
/// (`docs/design/verdict.md` (iii) 8): a benchmark of
/// several threads has a threshold of 20 % at least, for threads that share a machine scatter that
/// much; and one that is oversubscribed never gates, for it measures the scheduler. Floors never
/// gate either. `cpus` is absent where nobody knows.
[[nodiscard]] Gate gate_of(const BenchmarkInfo& info, const config::Config& config,
                           std::optional<int> cpus);

/// How many CPUs the machine has, by its topology; absent where that is not known.
[[nodiscard]] std::optional<int> cpus_of(const Machine& machine);

}  // namespace pulsebench::compare
