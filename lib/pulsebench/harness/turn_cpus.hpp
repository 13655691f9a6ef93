#pragma once

#include <vector>

namespace pulsebench {

/// The CPUs that this process was allowed when it was first asked; ascending, never empty.
[[nodiscard]] const std::vector<int>& allowed_cpus();

/// Pins the calling thread on the CPU whose turn it is: the allowed ones in order, then from the
/// first again. For benchmarks that start threads themselves; the threads of `ThreadRange` are
/// pinned by `measure()`. Where the kernel refuses, the thread stays where it was.
void take_turn(int turn);

}  // namespace pulsebench
