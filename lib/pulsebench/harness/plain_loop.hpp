#pragma once

#include "pulsebench/wire/messages.hpp"

namespace pulsebench::harness {

/// Measures a benchmark with its own `for (auto _ : state)`. Its loop cannot be cut, so Google
/// Benchmark's repetitions are the slices. This is coarser than `measure()`: the set-up runs once a
/// slice, the batch size is Google Benchmark's, disturbances are not seen, no work can be injected,
/// and the empty loop is compared by time only.
[[nodiscard]] wire::Event measure_plain_loop(const wire::Calibrate& ask);
[[nodiscard]] wire::Event measure_plain_loop(const wire::TakeVisit& ask);
/// Returns `Failed`: counts and samples would include the set-up.
[[nodiscard]] wire::Event measure_plain_loop(const wire::CountExactly& ask);
[[nodiscard]] wire::Event measure_plain_loop(const wire::CountAllocations& ask);
[[nodiscard]] wire::Event measure_plain_loop(const wire::RecordHeap& ask);
[[nodiscard]] wire::Event measure_plain_loop(const wire::TakeProfile& ask);

}  // namespace pulsebench::harness
