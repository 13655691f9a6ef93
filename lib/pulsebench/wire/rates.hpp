#pragma once

#include <optional>
#include <string>
#include <string_view>

/// What an operation goes through, from the rates that Google Benchmark reports: it keeps
/// `SetBytesProcessed` and `SetItemsProcessed` only as so much a second.
namespace pulsebench::wire {

inline constexpr const char* kBytesRate = "bytes_per_second";
inline constexpr const char* kItemsRate = "items_per_second";

/// By an operation, in bytes or items; anything else is a mistake of the benchmark's.
inline constexpr double kLeastProcessed = 1e-9, kMostProcessed = 1e18;

/// One benchmark's run, as it is reported.
struct RatedRun {
  std::string name;          ///< with `/real_time` or `/manual_time` where it was so registered
  double real_per_op = 0.0;  ///< in seconds
  double cpu_per_op = 0.0;   ///< in seconds, of all threads together
  int threads = 1;
  std::string_view library_version = {};  ///< "1.9.1"; empty before reports said it
};

/// A rate is reckoned by CPU time unless the benchmark was registered for real or manual time, and
/// from 1.9.0 on by a thread's share of it (CreateRunReport in src/benchmark_runner.cc).
[[nodiscard]] double seconds_behind_rates(const RatedRun& run);

/// Nothing where the rate or the time is no measurement, or the amount out of bounds.
[[nodiscard]] std::optional<double> amount_per_op(double rate, const RatedRun& run);

}  // namespace pulsebench::wire
