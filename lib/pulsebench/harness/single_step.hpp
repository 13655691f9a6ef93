#pragma once

#include <cstdint>
#include <functional>

#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::harness {

/// The instructions that `run` takes in a copy of this process, stepped one by one (24 to 58 us
/// each), with a constant of a few that a difference of two leaves out. Only the calling thread is
/// copied. `child_failed` where ptrace is forbidden, the copy dies, or it takes more than
/// `most_steps`.
[[nodiscard]] Result<std::uint64_t> steps_of(const std::function<void()>& run,
                                             std::uint64_t most_steps);

}  // namespace pulsebench::harness
