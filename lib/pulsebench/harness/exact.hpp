#pragma once

#include "pulsebench/harness/measure.hpp"
#include "pulsebench/wire/messages.hpp"

namespace pulsebench::harness {

/// Runs N operations, then 2N, with nothing of the harness counted: between client requests that
/// callgrind writes down, or step by step. `Failed` where the process does not run as it was asked.
[[nodiscard]] wire::Event count_exactly(const wire::CountExactly& ask, const Batch& batch);

}  // namespace pulsebench::harness
