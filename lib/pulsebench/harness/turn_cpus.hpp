#pragma once

#include <vector>

namespace pulsebench {

/// CPUs that this process was allowed at the first call; ascending, never empty.
[[nodiscard]] const std::vector<int>& allowed_cpus();

/// Pins the calling thread to the allowed CPU number `turn`, counted cyclically. For benchmarks
/// that start threads themselves; `measure()` pins the threads of `ThreadRange`. If the kernel
/// refuses, the thread is not pinned.
void take_turn(int turn);

}  // namespace pulsebench
