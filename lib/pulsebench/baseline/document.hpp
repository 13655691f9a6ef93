#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pulsebench/vocabulary/benchmark.hpp"
#include "pulsebench/vocabulary/counts.hpp"
#include "pulsebench/vocabulary/environment.hpp"
#include "pulsebench/vocabulary/units.hpp"

namespace pulsebench::baseline {

inline constexpr int kSchemaVersion = 2;  ///< 2 has metrics
inline constexpr const char* kSchemaId = "pulsebench-result";

/// What is kept of the launches of one benchmark, one entry a launch in each column, in the order
/// of `launch`. Columns, because a document of 10,000 benchmarks has to be read in half a second.
struct Launches {
  std::vector<int> launch;  ///< launch number: its layout, and the key for pairing
  std::vector<double> p25;  ///< 25 % quantile over the slices; this and the next four
                            ///< in ns/op, or in the unit of the metric
  std::vector<double> median;
  std::vector<double> minimum;
  std::vector<double> undisturbed_mean;  ///< of all slices where none was undisturbed
  std::vector<double> cpu_p25;           ///< CPU time; of another metric than time, the figure
  std::vector<int> slices;               ///< slices measured
  std::vector<int> disturbed;            ///< slices disturbed, any cause
  std::vector<double> reference;         ///< ns, the reference kernel
};

/// Two-sided confidence interval, in the unit of the value.
struct Interval {
  double low = 0.0;
  double high = 0.0;
  double level = 0.0;
};

/// How evenly several threads came to their turns; each figure the median over the launches.
struct Fairness {
  double min_max_ratio = 0.0;  ///< operations of the slowest thread / of the fastest; 1: all alike
  double jain = 0.0;           ///< Jain's index, 1/threads to 1; 1: all alike
};

/// Of operations timed one by one, all launches together, in ns.
struct Latency {
  double p50 = 0.0, p90 = 0.0, p99 = 0.0, p99_9 = 0.0, longest = 0.0;
};

/// How the figure of a server grew while the server lived; below 0 where it fell.
struct Growth {
  double percent_per_minute = 0.0;  ///< of the value: the slope after Theil and Sen
  Interval interval;                ///< of it
  double seconds = 0.0;             ///< of the server's life that the launches span
};

/// The one figure that an imported file has of a benchmark, where it has no samples.
struct Aggregate {
  std::string figure;       ///< "median", "mean": what the tool calls it
  std::uint64_t count = 0;  ///< of samples; 0: the file does not say
};

struct BenchmarkResult {
  BenchmarkInfo info;
  std::string suite = {};
  Outcome outcome = {};
  Batching batching = {};
  Launches launches = {};
  int launches_asked = 0;                 ///< by the preset
  std::vector<double> quantiles = {};     ///< ns/op at 0 %, 1 %, ... 100 %, pooled over all slices
  std::optional<Cost> value = {};         ///< the median of the launches' p25; absent: not measured
  std::optional<Interval> interval = {};  ///< of `value`, at level 0.99; absent below 8 launches
  std::optional<Percent> robust_cv = {};  ///< 1.4826 MAD / median of the launches' p25
  std::optional<Percent> raw_cv = {};     ///< SD / mean of all slices
  int disturbed_preempted = 0, disturbed_run_delay = 0, disturbed_faulted = 0,
      disturbed_slow_core = 0;            ///< slices, by cause
  int launches_stolen = 0;                ///< the host took the CPU during the visit
  int launches_crowded = 0;               ///< a task waited for a CPU during the visit
  std::string label = {};                 ///< what the benchmark says of itself; empty: nothing
  std::optional<Fairness> fairness = {};  ///< absent with one thread
  std::optional<Growth> growth = {};      ///< absent where no server grew old
  std::optional<Latency> latency = {};    ///< absent where operations were not timed one by one
  Processed processed = {};               ///< by an operation; the median of the launches
  bool oversubscribed = false;            ///< more threads than CPUs: it never gates
  std::optional<Cost> target = {};
  std::optional<double> injected_percent = {};  ///< work added on purpose by `--inject`
  std::vector<Counter> counters =
      {};  ///< the median of every other launch; empty: none were asked for
  std::optional<ExactCount> exact = {};         ///< absent: not asked for
  std::optional<Allocations> allocations = {};  ///< absent: not asked for
  std::optional<double> max_allocations = {};   ///< per operation, the design's bound
  std::optional<Aggregate> aggregate = {};      ///< of an imported result: `value` has no launches
  std::string foreign_name = {};  ///< how the other tool names it; empty: as its id has it
};

/// How the time of the run was spent, in seconds of wall time.
struct TimeSpent {
  double total = 0.0;
  double measuring = 0.0;  ///< from the first launch to the last
  double in_visits = 0.0;  ///< of `measuring`, inside visits (warm-up and slices)
};

inline constexpr const char* kImported = "imported";  ///< the kind of an imported result

/// Where an imported result comes from.
struct ImportedFrom {
  std::string format = {};        ///< as `--from` spells it
  std::string tool = {};          ///< "Google Benchmark"
  std::string tool_version = {};  ///< empty where the file does not say
  std::string file_sha256 = {};   ///< of a folder: of its files, one behind the other
};

/// One stored result: `docs/result.schema.json`.
struct Document {
  int schema_version = kSchemaVersion;
  std::string project;  ///< whose benchmarks they are; empty: not recorded
  std::string tool_version;
  std::string kind = "run";
  std::string run_id;
  std::string started, ended;    ///< RFC 3339, UTC
  std::string reason = "local";  ///< local, pr, nightly, release
  bool complete = true;          ///< false where the run was interrupted
  std::string incomplete_because;
  std::uint64_t seed = 0;
  std::string preset;
  std::string like;  ///< the result that the batching was taken from; empty: calibrated
  std::vector<std::string> command_line;
  Git git;
  std::vector<SuiteBuild> suites;
  Machine machine;
  std::vector<StateFact> state;
  TimeSpent time;
  std::vector<BenchmarkResult> benchmarks;
  /// Another tool measured: the figures are shown and compared, and never judged.
  std::optional<ImportedFrom> imported_from = {};
};

}  // namespace pulsebench::baseline
