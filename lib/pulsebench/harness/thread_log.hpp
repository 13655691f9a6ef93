#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "pulsebench/vocabulary/sample.hpp"

namespace pulsebench::harness {

/// Progress of one thread when it read the clock.
struct Mark {
  std::uint64_t ticks = 0;
  std::uint64_t operations = 0;    ///< done by then, warm-up included
  std::uint32_t disturbances = 0;  ///< bits of `Disturbance` since the mark before
};

/// Work of one thread while it measured with others. Marks ascend; the first is not after the
/// window's begin and the last not before its end.
struct ThreadLog {
  std::vector<Mark> marks;
  std::uint64_t cpu_ns = 0;  ///< CPU time of all its operations, warm-up included
};

/// The time in which every thread measured.
struct Window {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};

/// Operations that the thread had done at that time, interpolated linearly within a chunk.
[[nodiscard]] double done_by(const ThreadLog& log, std::uint64_t ticks);

/// Cuts the window into `count` slices of equal work, so that a time without progress is in one
/// slice, as with one thread. A slice's cost is wall time x threads / operations of all threads:
/// the time of an operation as a thread sees it. Its CPU time is the mean of all operations, and it
/// is disturbed if one of the threads was. Empty if there were no operations.
[[nodiscard]] std::vector<Slice> cut(std::span<const ThreadLog> logs, const Window& window,
                                     int count, double ns_per_tick);

/// Operations of each thread in the window.
[[nodiscard]] std::vector<std::uint64_t> shares(std::span<const ThreadLog> logs,
                                                const Window& window);

}  // namespace pulsebench::harness
