#pragma once

#include <span>

#include "pulsebench/vocabulary/sample.hpp"

namespace pulsebench::run {

/// Tags as preempted what a foreign program, which has no sentinel, must have waited in: slices
/// whose wall time exceeds their CPU time by 2 % of a usual slice more than usually (each usual
/// value the 25 % quantile). At most `involuntary_switches` of them, the longest waits first: what
/// waited of its own will, for a lock or a disk, is the program's own cost.
void tag_preempted(std::span<Slice> slices, long involuntary_switches);

}  // namespace pulsebench::run
