#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "pulsebench/counters/perf_sampler.hpp"

namespace pulsebench::harness {

/// Samples the stack of the calling thread between `start` and `stop`.
class StackSampler {
 public:
  virtual ~StackSampler() = default;

  [[nodiscard]] virtual const char* name() const = 0;
  virtual void start(std::uint64_t period_ns) = 0;
  virtual void stop() = 0;
  /// Hands over what was sampled since the last call.
  virtual void drain(const counters::OnSample& on_sample) = 0;
  /// True if samples may soon be lost for lack of memory.
  [[nodiscard]] virtual bool is_half_full() const = 0;
  [[nodiscard]] virtual counters::SamplerCounts counts() const = 0;
};

/// By the kernel's perf events; null where it refuses, and `refused` says why.
[[nodiscard]] std::unique_ptr<StackSampler> make_perf_sampler(std::uint32_t stack_bytes,
                                                              std::string& refused);

/// By a timer's signal, SIGPROF, whose handler copies registers and stack. It needs no right, and
/// sees the wall time: the monotonic clock's timers are exact, those of the CPU time end at the
/// kernel's tick (250 a second). One object at a time. Null where no timer can be had.
[[nodiscard]] std::unique_ptr<StackSampler> make_timer_sampler(std::uint32_t stack_bytes);

}  // namespace pulsebench::harness
