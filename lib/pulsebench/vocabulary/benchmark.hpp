#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "pulsebench/vocabulary/benchmark_id.hpp"
#include "pulsebench/vocabulary/metric.hpp"
#include "pulsebench/vocabulary/names.hpp"
#include "pulsebench/vocabulary/source_line.hpp"
#include "pulsebench/vocabulary/tier.hpp"

namespace pulsebench {

/// What a benchmark is for. A floor is the price of one machine primitive (a relaxed load, an
/// `xadd`): other results are read as ratios to it, and it never gates.
enum class Role { operation, floor };

template <>
inline constexpr std::array<Named<Role>, 2> kNames<Role>{
    {{Role::operation, "operation"}, {Role::floor, "floor"}}};

/// What a suite says about one of its benchmarks.
struct BenchmarkInfo {
  BenchmarkId id;
  Tier tier = Tier::critical;
  Role role = Role::operation;
  int version = 1;  ///< raised by its author when it starts to measure something else
  int threads = 1;
  bool tier_declared = true;  ///< false where neither the program nor the project gives it one
  std::optional<SourceLine> source = {};  ///< where it is measured; empty: unknown
  std::optional<Metric> metric = {};      ///< of a workload; empty: the time of an operation

  [[nodiscard]] Unit unit() const { return metric ? metric->unit : Unit::nanoseconds; }
  [[nodiscard]] Better better() const { return metric ? metric->better : Better::lower; }
};

/// How much work a slice and a visit hold. Found once, then reused by every run to be compared.
struct Batching {
  std::uint64_t operations = 0;  ///< operations per slice
  int slices = 0;                ///< slices per visit
  /// Of a foreign program, which finds the operations itself: seconds of a slice at least; else 0.
  double min_time = 0.0;
};

/// Whether there is a measurement, and if not, why.
enum class Status {
  ok,
  measured_nothing,  ///< no slower than the empty loop
  skipped,           ///< the benchmark called SkipWithError
  crashed,           ///< the process died by a signal or left early
  timed_out,         ///< the process was killed at its time limit
  failed,            ///< it threw, lied (NaN, negative), flooded or broke the protocol
  not_measured,      ///< the run ended before its turn
};

template <>
inline constexpr std::array<Named<Status>, 7> kNames<Status>{
    {{Status::ok, "ok"},
     {Status::measured_nothing, "measured_nothing"},
     {Status::skipped, "skipped"},
     {Status::crashed, "crashed"},
     {Status::timed_out, "timed_out"},
     {Status::failed, "failed"},
     {Status::not_measured, "not_measured"}}};

/// Returns true where the benchmark itself is at fault. One that was skipped, or whose turn did not
/// come, did not fail.
[[nodiscard]] constexpr bool is_failure(Status status) {
  return status == Status::crashed || status == Status::timed_out || status == Status::failed ||
         status == Status::measured_nothing;
}

struct Outcome {
  Status status = Status::ok;
  std::string reason;  ///< one clear line; for `ok` only where the figure has a limit
};

}  // namespace pulsebench
