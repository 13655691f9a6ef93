#pragma once

#include <utility>

#include "pulsebench/machine/roots.hpp"
#include "pulsebench/os/descriptor.hpp"
#include "pulsebench/tune/knob.hpp"

namespace pulsebench::tune {

/// Keeps the CPUs out of deep sleep states: keeps /dev/cpu_dma_latency open with a bound of 0 µs.
/// The kernel drops the bound when the descriptor closes, also after SIGKILL, so there is nothing
/// to restore.
class LatencyHold {
 public:
  LatencyHold() = default;  ///< holds nothing
  explicit LatencyHold(const machine::Roots& roots);

  void release() { device_.reset(); }
  /// The knob "cpu_dma_latency_us": the bound before, and during this object's life.
  [[nodiscard]] const KnobReport& report() const { return report_; }

 private:
  os::Descriptor device_;
  KnobReport report_{"cpu_dma_latency_us", "", "0", "", KnobOutcome::not_asked, "--no-tune"};
};

}  // namespace pulsebench::tune
