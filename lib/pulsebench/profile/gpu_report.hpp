#pragma once

#include <string>

#include "pulsebench/profile/gpu_watch.hpp"
#include "pulsebench/vocabulary/units.hpp"

namespace pulsebench::profile {

/// What the GPUs did while one benchmark ran.
struct GpuProfile {
  std::string benchmark;
  Cost cost{};  ///< the median of its slices; 0 where nothing ran
  GpuReport gpu;

  /// Of one device, in joules: its mean power while the benchmark ran, times what an operation
  /// takes. That has the power of an idle GPU, and of the benchmark's set-up, in it.
  [[nodiscard]] GpuFigure energy_per_op(const GpuUse& use) const {
    if (!use.energy_joules.value) return {.absent = use.energy_joules.absent};
    return {.value = *use.energy_joules.value / gpu.seconds * cost.value / 1e9};
  }
};

}  // namespace pulsebench::profile
