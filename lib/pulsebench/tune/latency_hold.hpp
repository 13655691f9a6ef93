#pragma once

#include <utility>

#include "pulsebench/machine/roots.hpp"
#include "pulsebench/tune/knob.hpp"

namespace pulsebench::tune {

/// Keeps the CPUs out of their deep sleep states: /dev/cpu_dma_latency, held open with a bound of
/// 0 µs. The kernel drops the bound when the descriptor closes, after SIGKILL too, so there is
/// nothing to put back.
class LatencyHold {
 public:
  LatencyHold() = default;  ///< holds nothing
  explicit LatencyHold(const machine::Roots& roots);
  LatencyHold(LatencyHold&& other) noexcept
      : fd_(std::exchange(other.fd_, -1)), report_(std::move(other.report_)) {}
  LatencyHold& operator=(LatencyHold&& other) noexcept;
  LatencyHold(const LatencyHold&) = delete;
  LatencyHold& operator=(const LatencyHold&) = delete;
  ~LatencyHold() { release(); }

  void release();
  /// The knob "cpu_dma_latency_us": what the bound was, and what it is while this lives.
  [[nodiscard]] const KnobReport& report() const { return report_; }

 private:
  int fd_ = -1;
  KnobReport report_{"cpu_dma_latency_us", "", "0", "", KnobOutcome::not_asked, "--no-tune"};
};

}  // namespace pulsebench::tune
