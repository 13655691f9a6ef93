#pragma once

#include <initializer_list>

namespace pulsebench::os {

/// For a forked process that does not exec, and outlives the end of its parent for a moment. It
/// leads a session of its own, ignores the signals that a terminal or a user sends to end a
/// program, has nothing on its standard descriptors, and keeps no other descriptor than `kept`. A
/// reader that waits for the end of the parent's output does not wait for it. `name` is what ps(1)
/// shows, at most 15 bytes.
void become_watcher(const char* name, std::initializer_list<int*> kept);

}  // namespace pulsebench::os
