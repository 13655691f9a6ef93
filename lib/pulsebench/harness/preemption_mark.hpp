#pragma once

#include <cstdint>

namespace pulsebench::harness {

/// Tells, without entering the kernel, that this thread was switched off its CPU, moved to another,
/// or had a signal: a mark in its rseq area, which the kernel then takes away (rseq(2): a sequence
/// that the thread was not in is cleared). Every system call leaves traces in the branch predictor,
/// which short loops feel for milliseconds; this leaves none.
/// Another user's mark in the same place is as good, and is left alone.
class PreemptionMark {
 public:
  /// For the calling thread, which alone may use it.
  PreemptionMark() noexcept;

  /// False where the C library has no rseq (before glibc 2.35, or switched off): then nothing is
  /// told.
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
