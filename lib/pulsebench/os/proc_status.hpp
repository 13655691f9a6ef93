#pragma once

namespace pulsebench::os {

/// What a process does, as proc(5) has it: 'R' runs, 'S' sleeps, 'Z' has ended; 0 where there is
/// none.
[[nodiscard]] char state_of(int pid);

/// The process that started it, or took it over; 0 where there is none.
[[nodiscard]] int parent_of(int pid);

/// Context switches so far that were not the will of its main thread; 0 where there is none.
[[nodiscard]] long involuntary_switches_of(int pid);

}  // namespace pulsebench::os
