#pragma once

#include <cstdint>
#include <functional>

#include "pulsebench/harness/measure.hpp"
#include "pulsebench/harness/ticks.hpp"
#include "pulsebench/wire/messages.hpp"

namespace pulsebench::harness {

/// ns for one turn of `run(times)`, by doubling `times` until it fills `long_enough_ns`, then the
/// lower quartile of a few repetitions. 0 where even 2^40 turns take no time: the loop is gone.
[[nodiscard]] double turn_ns(const TickClock& clock, std::uint64_t long_enough_ns,
                             const std::function<void(std::uint64_t)>& run);

/// Operations per slice and slices per visit for an operation of `ns_per_op`:
/// `docs/design/verdict.md` (i) 3, a slice is `slice_ns` or `min_operations`, a visit is
/// `visit_ns`, within the slices' bounds. Where `min_slices` of `min_operations` would outlast the
/// visit, a slice has fewer operations, down to one: batches below 32 quantise operations of
/// nanoseconds, not of milliseconds.
[[nodiscard]] Batching batching_for(double ns_per_op, const wire::Calibrate& ask);

/// Whether `batch` leaves no instructions in its loop: as fast as the empty loop, and sixteen of it
/// a turn still are.
[[nodiscard]] bool measures_nothing(const TickClock& clock, const Batch& batch, double ns_per_op,
                                    double empty_ns);

/// The same, for an operation whose turns have been timed: plain, and `kUnroll` of it a turn.
[[nodiscard]] bool looks_empty(double ns_per_op, double unrolled_ns, double empty_ns);

}  // namespace pulsebench::harness
