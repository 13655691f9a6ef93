#pragma once

#include <cstdint>

namespace pulsebench::harness {

/// Detects, without a system call, that this thread was preempted, migrated or interrupted by a
/// signal. It sets a mark in the thread's rseq area, which the kernel then clears (rseq(2): a
/// sequence that the thread was not in is cleared). A system call disturbs the branch predictor,
/// which slows short loops for milliseconds. A mark of another user in the same place serves as
/// well, and is kept.
class PreemptionMark {
 public:
  /// For the calling thread; no other thread may use it.
  PreemptionMark() noexcept;

  /// False if the C library has no rseq (before glibc 2.35, or disabled): do not call the others
  /// then.
  [[nodiscard]] bool works() const noexcept { return place_ != nullptr; }

  void set() noexcept {
    if (*place_ == 0) *place_ = mark_;
  }
  [[nodiscard]] bool is_gone() const noexcept { return *place_ == 0; }

 private:
  volatile std::uint64_t* place_ = nullptr;
  std::uint64_t mark_ = 0;
};

}  // namespace pulsebench::harness
