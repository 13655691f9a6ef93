#pragma once

#include "pulsebench/wire/messages.hpp"

namespace pulsebench::harness {

/// The answer for a benchmark that writes `for (auto _ : state)` itself:
/// its loop cannot be cut, so Google Benchmark's repetitions serve as slices. Coarser than
/// `measure()`: the set-up runs once a slice, the batch size is Google Benchmark's, disturbances
/// are not seen, no work can be injected, and the empty loop is a bound on time alone.
[[nodiscard]] wire::Event measure_plain_loop(const wire::Calibrate& ask);
[[nodiscard]] wire::Event measure_plain_loop(const wire::TakeVisit& ask);
/// `Failed`: a set-up that cannot be told from the operation spoils every count.
[[nodiscard]] wire::Event measure_plain_loop(const wire::CountExactly& ask);
[[nodiscard]] wire::Event measure_plain_loop(const wire::CountAllocations& ask);

}  // namespace pulsebench::harness
