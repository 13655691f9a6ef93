#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "pulsebench/harness/kernel_counters.hpp"
#include "pulsebench/harness/preemption_mark.hpp"
#include "pulsebench/harness/ticks.hpp"

namespace pulsebench::harness {

/// What the kernel did to this thread during a slice.
struct SliceNote {
  double cpu_ns = 0.0;             ///< CPU time of the whole slice
  std::uint32_t disturbances = 0;  ///< bits of `Disturbance`
};

/// A slice as it is seen without a system call.
struct SeenSlice {
  double wall_ns = 0.0;
  bool switched = false;  ///< off its CPU, of its own will or not
};

/// Tells from what the kernel counted over all slices which of them it was. A slice that was not
/// switched off has the CPU time that it took; the others share what is left of `cpu_ns`. As many
/// as there were involuntary switches are preempted, the longest of the switched ones first, then
/// such as are 5 % longer than a usual slice; time on the run queue is theirs, or else of what was
/// switched and is as long. `between`: the counts from before the first slice to behind the last.
[[nodiscard]] std::vector<SliceNote> attribute(std::span<const SeenSlice> slices,
                                               const KernelCounters::Reading& between);

/// Watches a row of slices: by marks, and the kernel's counts before and after all of them; or,
/// where that is asked for or there are no marks, by the kernel's counts at each slice.
class SliceWatch {
 public:
  SliceWatch(const TickClock& clock, std::size_t slices, bool each_slice);

  void begin_row();
  void begin_slice() {
    if (!each_slice_) return mark_.set();
    before_ = kernel_counters_.read();
  }
  /// `ticks`: how long the slice took, of `TickClock`.
  void end_slice(std::uint64_t ticks);
  void end_row();

  /// One a slice. Precondition: the row has ended.
  [[nodiscard]] std::vector<SliceNote> notes() const;

 private:
  struct Taken {
    std::uint64_t ticks;
    bool switched;
    std::uint64_t cpu_ns;        ///< by the kernel's counts
    std::uint32_t disturbances;  ///< without marks
  };

  const TickClock& clock_;
  KernelCounters kernel_counters_;
  PreemptionMark mark_;
  bool each_slice_;
  std::vector<Taken> taken_;
  KernelCounters::Reading before_, row_before_, row_after_;
  std::uint64_t row_begin_ = 0, row_end_ = 0;
};

}  // namespace pulsebench::harness
