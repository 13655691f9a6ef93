#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

#include "pulsebench/counters/perf_record.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::counters {

using OnSample = std::function<void(const StackSample&)>;
using OnImage = std::function<void(ImageEvent)>;

inline constexpr std::size_t kSamplePages = 2048;  ///< 8 MiB: what a user may lock by default

/// What a sampler has seen so far.
struct SamplerCounts {
  std::uint64_t samples = 0;
  std::uint64_t lost = 0;       ///< there was no room for them
  std::uint64_t throttled = 0;  ///< times that the kernel stopped it for taking too long
};

/// A thread to sample, and how.
struct SamplerSettings {
  int process = 0;           ///< or a thread by its number; 0: the calling thread
  int cpu = -1;              ///< only while it is on this CPU; -1: wherever it is
  bool new_threads = false;  ///< also threads and processes that it starts later; needs a CPU
  /// Not the thread itself: what it starts from now on, each from its exec on. Needs `new_threads`.
  bool at_exec = false;
  bool images = false;                  ///< records what processes execute, and times
  std::uint64_t period_ns = 1'000'000;  ///< until `start` gives another one
  std::uint32_t stack_bytes = 4096;
  std::size_t most_pages = kSamplePages;  ///< of memory for samples; fewer where not permitted
};

/// Takes a sample each time that a thread has used the CPU for so many nanoseconds, by the kernel's
/// task clock: it needs no hardware counters. Time in the kernel counts for the instruction that
/// called it where it may be sampled, and is not seen otherwise. Linux on x86-64 only.
class PerfSampler {
 public:
  /// The error says why the kernel refuses.
  [[nodiscard]] static Result<PerfSampler> open(const SamplerSettings& settings);
  PerfSampler(PerfSampler&&) noexcept;
  PerfSampler& operator=(PerfSampler&&) noexcept;
  ~PerfSampler();

  /// Samples another thread as well, into the same memory. Precondition: the settings have a CPU.
  [[nodiscard]] Result<void> also(int thread);

  void start(std::uint64_t period_ns);
  void stop();

  /// Hands over what was recorded since the last call, in order.
  void drain(const OnSample& on_sample, const OnImage& on_image = {});
  /// True if less than half of the memory for samples is left. Makes no system call.
  [[nodiscard]] bool is_half_full() const;

  [[nodiscard]] const SamplerCounts& counts() const { return counts_; }
  /// False where the kernel permits to sample the program's own code alone.
  [[nodiscard]] bool sees_kernel() const { return sees_kernel_; }

 private:
  class Ring;
  PerfSampler(std::unique_ptr<Ring> ring, const SamplerSettings& settings, bool sees_kernel);

  std::unique_ptr<Ring> ring_;
  SamplerSettings settings_;
  bool sees_kernel_;
  SamplerCounts counts_;
};

}  // namespace pulsebench::counters
