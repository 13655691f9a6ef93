#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pulsebench/vocabulary/benchmark.hpp"
#include "pulsebench/vocabulary/result.hpp"
#include "pulsebench/vocabulary/sample.hpp"

namespace pulsebench::wire {

/// One benchmark in a report, all its rows together.
struct ReportedBenchmark {
  std::string name;  ///< with its configuration, as in "sort/8/real_time"
  /// The numbers of its registration and of its arguments among those; two benchmarks of one name
  /// differ in them. -1 where the report does not say.
  std::pair<int, int> registration;
  Outcome outcome = {};  ///< `skipped` or `failed`, and why
  int threads = 1;
  /// The repetitions as slices: wall and CPU time of an operation, without disturbances, which
  /// Google Benchmark does not see; and the bytes and items of an operation, from the rates that it
  /// prints. Where there are only aggregates, their median is the one slice.
  Visit visit = {};
  std::string label = {};       ///< what the benchmark says of itself; empty: nothing
  std::uint64_t median_of = 0;  ///< repetitions; 0 where the slices are those
};

struct GoogleBenchmarkReport {
  std::string library_version;                ///< empty before reports said it, in 1.8.4
  std::string date, host;                     ///< as the context has them; empty where it does not
  std::vector<ReportedBenchmark> benchmarks;  ///< in the order of the report
};

/// Reads what Google Benchmark writes with `--benchmark_out_format=json` (1.5 and newer). Counters
/// and labels may be of any value and any bytes, and fits over sizes (BigO, RMS) are left out.
/// `child_failed` where the text is no such report, or is cut.
[[nodiscard]] Result<GoogleBenchmarkReport> decode_google_benchmark_report(std::string_view json);

/// The only benchmark of a report. `nothing_measured` with its words where it reported an error or
/// was skipped; `child_failed` where the report holds another number of benchmarks than one, and
/// where a time is no time.
[[nodiscard]] Result<Visit> decode_google_benchmark(std::string_view json);

}  // namespace pulsebench::wire
