#pragma once

#include <span>

#include "pulsebench/vocabulary/sample.hpp"

namespace pulsebench::run {

/// Tags slices of a foreign program, which has no kernel counters, as preempted. Such a slice has a
/// wait (wall time less CPU time) above the usual wait by 2 % of a usual slice; usual values are 25
/// % quantiles. At most `involuntary_switches` slices are tagged, the longest waits first:
/// voluntary waits, for a lock or a disk, are the program's own cost.
void tag_preempted(std::span<Slice> slices, long involuntary_switches);

}  // namespace pulsebench::run
