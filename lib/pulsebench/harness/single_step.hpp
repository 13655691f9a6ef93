#pragma once

#include <cstdint>
#include <functional>

#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::harness {

/// Counts the instructions of `run` in a copy of this process by single steps (24 to 58 us each).
/// The count has a small constant, which a difference of two removes. Only the calling thread is
/// copied. `child_failed` if ptrace is forbidden, the copy dies, or it takes more than
/// `most_steps`.
[[nodiscard]] Result<std::uint64_t> steps_of(const std::function<void()>& run,
                                             std::uint64_t most_steps);

}  // namespace pulsebench::harness
