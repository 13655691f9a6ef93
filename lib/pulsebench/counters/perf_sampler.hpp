#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>

#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::counters {

/// A thread at one moment: its registers by their DWARF numbers (x86-64: 7 is the stack pointer, 16
/// the program counter), and a copy of its stack from the stack pointer upwards.
struct StackSample {
  std::uint64_t thread = 0;
  std::array<std::uint64_t, 17> registers{};
  std::span<const char> stack = {};
};

using OnSample = std::function<void(const StackSample&)>;

/// What a sampler has seen so far.
struct SamplerCounts {
  std::uint64_t samples = 0;
  std::uint64_t lost = 0;       ///< there was no room for them
  std::uint64_t throttled = 0;  ///< times that the kernel stopped it for taking too long
};

/// A thread to sample, and how.
struct SamplerSettings {
  int process = 0;           ///< whose threads; 0: the calling thread alone
  int cpu = -1;              ///< only while they are on this CPU; -1: wherever they are
  bool new_threads = false;  ///< also threads that start later; needs a CPU
  std::uint32_t stack_bytes = 4096;
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

  void start(std::uint64_t period_ns);
  void stop();

  /// Hands over what was sampled since the last call, in order.
  void drain(const OnSample& on_sample);
  /// True if less than half of the memory for samples is left. Makes no system call.
  [[nodiscard]] bool is_half_full() const;

  [[nodiscard]] const SamplerCounts& counts() const { return counts_; }

 private:
  class Ring;
  explicit PerfSampler(std::unique_ptr<Ring> ring);

  std::unique_ptr<Ring> ring_;
  SamplerCounts counts_;
};

}  // namespace pulsebench::counters
