#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "pulsebench/harness/kernel_counters.hpp"
#include "pulsebench/harness/preemption_mark.hpp"
#include "pulsebench/harness/ticks.hpp"

namespace pulsebench::harness {

/// CPU time and disturbances of a slice.
struct SliceNote {
  double cpu_ns = 0.0;             ///< CPU time of the whole slice
  std::uint32_t disturbances = 0;  ///< bits of `Disturbance`
};

/// A slice as seen without a system call.
struct SeenSlice {
  double wall_ns = 0.0;
  bool switched = false;  ///< the thread left its CPU, voluntarily or not
};

/// Attributes the kernel's counts over all slices to single slices. `between` is the counts from
/// before the first slice to after the last. A slice without a switch has its wall time as CPU
/// time; the others share the rest of `cpu_ns`. Each involuntary switch marks one slice as
/// preempted: the longest switched ones first, then those 5 % longer than a usual slice. Time on
/// the run queue is attributed to these, or to other switched slices that are as long.
[[nodiscard]] std::vector<SliceNote> attribute(std::span<const SeenSlice> slices,
                                               const KernelCounters::Reading& between);

/// Watches a row of slices by marks, and by the kernel's counts before and after all of them. If
/// requested, or without marks, it reads the kernel's counts at each slice.
class SliceWatch {
 public:
  SliceWatch(const TickClock& clock, std::size_t slices, bool each_slice);

  void begin_row();
  void begin_slice() {
    if (!each_slice_) return mark_.set();
    before_ = kernel_counters_.read();
  }
  /// `ticks`: length of the slice, in ticks of `TickClock`.
  void end_slice(std::uint64_t ticks);
  void end_row();

  /// One note for each slice. Precondition: the row has ended.
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
