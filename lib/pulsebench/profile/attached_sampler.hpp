#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "pulsebench/counters/perf_sampler.hpp"
#include "pulsebench/profile/recording.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::profile {

/// Samples another process from outside, by perf events: a program that knows nothing of
/// pulsebench. A thread collects the samples, since the kernel's memory for them holds a tenth of a
/// second.
class AttachedSampler {
 public:
  /// Attaches to a process that has started and waits. `cpus` are those that it may use, where it
  /// will have several threads; empty: one thread. The error says why the kernel refuses.
  [[nodiscard]] static Result<AttachedSampler> attach(int process, std::span<const int> cpus,
                                                      std::uint64_t period_ns);
  AttachedSampler(AttachedSampler&&) noexcept;
  AttachedSampler& operator=(AttachedSampler&&) noexcept;
  ~AttachedSampler();

  /// Ends the sampling. The process may have exited.
  [[nodiscard]] Recording finish();

  [[nodiscard]] counters::SamplerCounts counts() const;

 private:
  class Collector;
  explicit AttachedSampler(std::unique_ptr<Collector> collector);

  std::unique_ptr<Collector> collector_;
};

}  // namespace pulsebench::profile
