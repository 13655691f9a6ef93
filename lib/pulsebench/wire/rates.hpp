#pragma once

#include <optional>
#include <string>
#include <string_view>

/// What the figures of Google Benchmark mean, which depends on its version: the time of an
/// operation, and what it goes through, from the rates that it reports (`SetBytesProcessed` and
/// `SetItemsProcessed`).
namespace pulsebench::wire {

inline constexpr const char* kBytesRate = "bytes_per_second";
inline constexpr const char* kItemsRate = "items_per_second";

/// By an operation, in bytes or items; anything else is a mistake of the benchmark's.
inline constexpr double kLeastProcessed = 1e-9, kMostProcessed = 1e18;

/// One benchmark's run, as it is reported.
struct RatedRun {
  std::string name;          ///< with `/real_time` or `/manual_time` where it was so registered
  double real_per_op = 0.0;  ///< in seconds, as reported
  double cpu_per_op = 0.0;   ///< in seconds, of all threads together
  int threads = 1;
  std::string_view library_version = {};  ///< "1.9.1"; empty before reports said it
};

/// Seconds of an operation as one of the threads sees it: wall time x threads / operations of all.
/// Before 1.9.0, the reported time is divided by the threads (src/benchmark_runner.cc).
[[nodiscard]] double wall_per_op(const RatedRun& run);

/// A rate is reckoned by CPU time unless the benchmark was registered for real or manual time, and
/// from 1.9.5 on by a thread's share of it (CreateRunReport in src/benchmark_runner.cc).
[[nodiscard]] double seconds_behind_rates(const RatedRun& run);

/// Nothing where the rate or the time is no measurement, or the amount out of bounds.
[[nodiscard]] std::optional<double> amount_per_op(double rate, const RatedRun& run);

}  // namespace pulsebench::wire
