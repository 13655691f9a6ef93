#pragma once

#include "pulsebench/harness/measure.hpp"
#include "pulsebench/wire/messages.hpp"

namespace pulsebench::harness {

/// Counts the instructions of N operations, then of 2N, without those of the harness: between
/// client requests to callgrind, or step by step. `Failed` if the process does not run as
/// requested.
[[nodiscard]] wire::Event count_exactly(const wire::CountExactly& ask, const Batch& batch);

}  // namespace pulsebench::harness
