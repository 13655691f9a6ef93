#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "pulsebench/baseline/store.hpp"
#include "pulsebench/vocabulary/names.hpp"

namespace pulsebench::compare {

/// One stored figure of a benchmark.
struct HistoryPoint {
  std::string started;  ///< RFC 3339, UTC
  std::string run_id;
  std::vector<std::string> baselines;  ///< names under which the run is kept
  Git git;
  Cost cost;
};

/// The stored figures of one benchmark.
struct HistorySeries {
  BenchmarkInfo info;                     ///< of the newest result that has the benchmark
  std::vector<HistoryPoint> points = {};  ///< oldest first
  /// Figures that are not among the points: more than were asked for, with work added by
  /// `--inject`, of another version of the benchmark, and results without a figure.
  int older = 0, injected = 0, other_version = 0, not_measured = 0;

  /// From the first point to the last. Precondition: there are points.
  [[nodiscard]] Percent change() const;
};

enum class LeftOutBecause { unreadable, other_machine, incomplete, before_since };

/// A stored result that gives no points.
struct LeftOutResult {
  std::string name;  ///< of the baseline, or the run id
  LeftOutBecause because = LeftOutBecause::unreadable;
  std::string detail = {};  ///< why it cannot be read
};

struct History {
  std::vector<HistorySeries> series;  ///< the largest change first
  std::vector<LeftOutResult> left_out;
  int results = 0;  ///< runs that gave points
};

/// Which of the results, and how many, count.
struct HistoryLimits {
  std::string machine_key;  ///< of this machine
  std::string since = {};   ///< RFC 3339, or its first part; empty: no limit
  std::size_t points = 15;  ///< of a benchmark, the newest ones
};

/// Sorts stored results, the newest first, into one series a benchmark. A run that is also kept as
/// a baseline counts once. The costs are as they were measured: no clock is corrected, and nothing
/// is judged. Pure.
[[nodiscard]] History history_of(const std::vector<baseline::Entry>& results,
                                 const HistoryLimits& limits);

}  // namespace pulsebench::compare

namespace pulsebench {

template <>
inline constexpr std::array<Named<compare::LeftOutBecause>, 4> kNames<compare::LeftOutBecause>{
    {{compare::LeftOutBecause::unreadable, "unreadable"},
     {compare::LeftOutBecause::other_machine, "other_machine"},
     {compare::LeftOutBecause::incomplete, "incomplete"},
     {compare::LeftOutBecause::before_since, "before_since"}}};

}  // namespace pulsebench
