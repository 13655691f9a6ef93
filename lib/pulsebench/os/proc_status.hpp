#pragma once

#include <cstdint>
#include <vector>

namespace pulsebench::os {

/// What a process does, as proc(5) has it: 'R' runs, 'S' sleeps, 'Z' has ended; 0 where there is
/// none.
[[nodiscard]] char state_of(int pid);

/// The process that started it, or took it over; 0 where there is none.
[[nodiscard]] int parent_of(int pid);

/// Processes that it started, or took over, and that have not been reaped.
[[nodiscard]] std::vector<int> children_of(int pid);

/// Its children, theirs, and so on; parents come before their children.
[[nodiscard]] std::vector<int> descendants_of(int pid);

/// CPU time in ns of all threads of a process, also of those that have ended, without its children;
/// 0 where there is none.
[[nodiscard]] std::uint64_t cpu_ns_of(int pid);

/// CPU time in ns of the children that it has reaped, and of theirs, in steps of the kernel's ticks
/// (10 ms); 0 where there is none.
[[nodiscard]] std::uint64_t reaped_cpu_ns_of(int pid);

/// Most bytes that it had in memory at once; 0 where there is none.
[[nodiscard]] std::uint64_t peak_memory_of(int pid);

/// Context switches so far that were not the will of its main thread; 0 where there is none.
[[nodiscard]] long involuntary_switches_of(int pid);

}  // namespace pulsebench::os
