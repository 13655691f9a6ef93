#pragma once

#include <cstdint>
#include <functional>

#include "pulsebench/harness/measure.hpp"
#include "pulsebench/vocabulary/result.hpp"
#include "pulsebench/wire/messages.hpp"

namespace pulsebench::harness {

/// Counts the instructions of N operations, then of 2N, without those of the harness: between
/// client requests to callgrind, or step by step. `Failed` if the process does not run as
/// requested.
[[nodiscard]] wire::Event count_exactly(const wire::CountExactly& ask, const Batch& batch);

/// Counts the instructions of `run` in a copy of this process by single steps (24 to 58 us each).
/// The count has a small constant, which a difference of two removes. Only the calling thread is
/// copied. `child_failed` if ptrace is forbidden, the copy dies, or it takes more than
/// `most_steps`.
[[nodiscard]] Result<std::uint64_t> steps_of(const std::function<void()>& run,
                                             std::uint64_t most_steps);

}  // namespace pulsebench::harness
