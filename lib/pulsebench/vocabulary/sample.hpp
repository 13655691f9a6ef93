#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pulsebench/vocabulary/counts.hpp"
#include "pulsebench/vocabulary/latency.hpp"
#include "pulsebench/vocabulary/source_line.hpp"
#include "pulsebench/vocabulary/units.hpp"

namespace pulsebench {

/// Why a measurement does not stand for the code alone: bits of `Slice::disturbances`, but `stolen`
/// and `crowded`, which the kernel counts too coarsely for a slice, of `Visit::disturbances`.
enum class Disturbance : std::uint32_t {
  preempted = 1U << 0U,  ///< an involuntary context switch (getrusage, ru_nivcsw)
  run_delay = 1U << 1U,  ///< waited on the run queue (/proc/thread-self/schedstat)
  faulted = 1U << 2U,    ///< a major page fault
  stolen = 1U << 3U,     ///< the host gave this CPU to another guest (steal in /proc/stat)
  crowded = 1U << 4U,    ///< somewhere a task waited for a CPU (/proc/pressure/cpu, "some")
  slow_core = 1U << 5U,  ///< the core was slower than usual beside the slice: shared, or its clock
};

/// The bit of `cause` where it `happened`, else none.
[[nodiscard]] constexpr std::uint32_t bit_of(Disturbance cause, bool happened = true) {
  return happened ? static_cast<std::uint32_t>(cause) : 0U;
}

/// What one launch of a workload reported of one metric.
struct MetricValues {
  std::string name;
  std::vector<double> values;  ///< in the unit of the metric; at least one
  std::uint64_t trials = 0;    ///< of a rate in a million: so many were tried; 0: it is no rate
  /// What is judged beside the values, such as the mean beside a percentile; empty: nothing.
  std::optional<double> guard = {};
};

/// One timed batch, or one value of a metric; of several threads at once, one part of the time that
/// they share.
struct Slice {
  double ns_per_op = 0.0;      ///< wall time; with several threads, per operation and thread
  double cpu_ns_per_op = 0.0;  ///< CPU time of the measuring threads
  std::uint32_t disturbances = 0;

  [[nodiscard]] bool disturbed() const { return disturbances != 0; }
};

/// Consecutive slices of one benchmark in one process life (a launch has one visit).
struct Visit {
  int launch = 0;
  std::uint64_t operations = 0;  ///< per slice and thread
  std::vector<Slice> slices;
  std::uint32_t disturbances = 0;      ///< of the machine around the slices: stolen, crowded
  double reference_ns = 0.0;           ///< the reference kernel, a register-only ALU loop, one turn
  double seconds = 0.0;                ///< warm-up and slices, on the child's clock
  std::vector<Counter> counters = {};  ///< after the slices, in batches of their own
  std::vector<std::uint64_t> thread_operations = {};  ///< of each thread; empty where there is one
  Latencies latencies = {};  ///< of single operations; empty where they were not timed one by one
  Processed processed = {};  ///< by an operation
  std::string label = {};    ///< what the benchmark says of itself; empty: nothing
  /// What a turn of the empty loop takes, where an operation takes no longer; else absent.
  std::optional<double> empty_loop_ns = {};
  std::optional<SourceLine> source = {};   ///< of the call that measures; empty: unknown
  std::vector<MetricValues> metrics = {};  ///< of a workload, in place of `slices`
  std::uint64_t trials = 0;                ///< of its one metric: see `MetricValues`
  std::optional<double> guard = {};        ///< of its one metric, too
  std::optional<double> age = {};  ///< seconds since its server started, where it is to grow old
};

}  // namespace pulsebench
