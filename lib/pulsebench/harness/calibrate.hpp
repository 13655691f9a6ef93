#pragma once

#include <cmath>
#include <cstdint>
#include <functional>

#include "pulsebench/harness/measure.hpp"
#include "pulsebench/harness/ticks.hpp"
#include "pulsebench/wire/messages.hpp"

namespace pulsebench::harness {

/// Time of one turn of `run(times)` in ns: doubles `times` until it fills `long_enough_ns`, then
/// takes the lower quartile of five repetitions. 0 if even 2^40 turns take no time, because the
/// optimizer removed the loop.
[[nodiscard]] double turn_ns(const TickClock& clock, std::uint64_t long_enough_ns,
                             const std::function<void(std::uint64_t)>& run);

/// Operations per slice and slices per visit for an operation of `ns_per_op`, by
/// `docs/design/verdict.md` (i) 3: a slice is `slice_ns` or `min_operations`, a visit is
/// `visit_ns`, within the slices' bounds. If `min_slices` of `min_operations` would outlast the
/// visit, a slice has fewer operations, down to one: batches below 32 quantise operations of
/// nanoseconds, not of milliseconds.
[[nodiscard]] Batching batching_for(double ns_per_op, const wire::Calibrate& ask);

/// True if `batch` leaves no instructions in its loop: it is as fast as the empty loop, also with
/// sixteen operations a turn.
[[nodiscard]] bool measures_nothing(const TickClock& clock, const Batch& batch, double ns_per_op,
                                    double empty_ns);

/// Decides `measures_nothing` from the times of a turn with one operation and with `kUnroll`.
[[nodiscard]] bool looks_empty(double ns_per_op, double unrolled_ns, double empty_ns);

/// Operations to add to batch `i`, so that all batches together have exactly `percent` more.
[[nodiscard]] inline std::uint64_t injected_operations(int i, std::uint64_t operations,
                                                       double percent) {
  const double each = static_cast<double>(operations) * percent / 100.0;
  return static_cast<std::uint64_t>(std::floor((i + 1) * each) - std::floor(i * each));
}

/// Operations of a single batch, including the injected ones.
[[nodiscard]] inline std::uint64_t with_injected(std::uint64_t operations, double percent) {
  return operations + injected_operations(0, operations, percent);
}

}  // namespace pulsebench::harness
