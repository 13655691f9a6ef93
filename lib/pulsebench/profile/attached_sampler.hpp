#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "pulsebench/counters/perf_sampler.hpp"
#include "pulsebench/profile/recording.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::profile {

/// Samples other processes from outside, by perf events: programs that know nothing of pulsebench.
/// A thread collects the samples, since the kernel's memory for them holds a tenth of a second.
/// Errors say why the kernel refuses.
class AttachedSampler {
 public:
  /// Attaches to running processes with all their threads. `cpus` are those that they may use,
  /// where they will have other threads or processes, which are sampled too; empty: they will have
  /// none.
  [[nodiscard]] static Result<AttachedSampler> attach(std::span<const int> processes,
                                                      std::span<const int> cpus,
                                                      std::uint64_t period_ns);

  /// Samples the programs that the calling thread will execute, and what they start: each from its
  /// first instruction on. Precondition: `cpus` is not empty.
  [[nodiscard]] static Result<AttachedSampler> await(std::span<const int> cpus,
                                                     std::uint64_t period_ns);

  AttachedSampler(AttachedSampler&&) noexcept;
  AttachedSampler& operator=(AttachedSampler&&) noexcept;
  ~AttachedSampler();

  /// Ends the sampling; one recording for each program of each process. The processes may have
  /// exited.
  [[nodiscard]] std::vector<Recording> finish();

  [[nodiscard]] counters::SamplerCounts counts() const;
  /// False where the kernel permits to sample the programs' own code alone.
  [[nodiscard]] bool sees_kernel() const;

 private:
  class Collector;
  explicit AttachedSampler(std::unique_ptr<Collector> collector);

  std::unique_ptr<Collector> collector_;
};

}  // namespace pulsebench::profile
