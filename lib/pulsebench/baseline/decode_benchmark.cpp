#include "pulsebench/baseline/decode_benchmark.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "pulsebench/baseline/decode_counts.hpp"
#include "pulsebench/baseline/field_names.hpp"

namespace pulsebench::baseline {
namespace {

using Value = JsonReader::Value;

constexpr Bounds kProcessed{1e-9, 1e18};

/// Which of the fields that a benchmark must have have come; they may come in any order.
struct SeenInBenchmark {
  bool id = false, tier = false, role = false, version = false, threads = false, status = false,
       launches = false;
};

bool read_id(JsonReader& reader, Value value, BenchmarkId& target) {
  std::string text;
  if (!reader.read(value, text)) return false;
  auto id = BenchmarkId::parse(text);
  if (!id) return reader.refuse("is unusable: " + id.error().message);
  target = std::move(*id);
  return true;
}

bool read_tier(JsonReader& reader, Value value, Tier& target) {
  int number = 0;
  if (!reader.read(value, number, {0, kTierCount - 1})) return false;
  target = static_cast<Tier>(number);
  return true;
}

bool check_columns(JsonReader& reader, const Launches& launches) {
  const std::size_t rows = launches.launch.size();
  const std::array<std::pair<const char*, std::size_t>, 8> columns{
      {{kP25, launches.p25.size()},
       {kMedian, launches.median.size()},
       {kMinimum, launches.minimum.size()},
       {kUndisturbedMean, launches.undisturbed_mean.size()},
       {kCpuP25, launches.cpu_p25.size()},
       {kSlices, launches.slices.size()},
       {kDisturbed, launches.disturbed.size()},
       {kReference, launches.reference.size()}}};
  if (rows == 0) return reader.refuse("has no 'launch' or an empty one");
  for (const auto& [key, size] : columns) {
    if (size != rows) {
      return reader.refuse(fmt::format("has {} values of {} for {} of launch", size, key, rows));
    }
  }
  std::vector<int> numbers = launches.launch;
  std::ranges::sort(numbers);
  if (const auto twice = std::ranges::adjacent_find(numbers); twice != numbers.end()) {
    return reader.refuse(fmt::format("has launch {} twice", *twice));
  }
  for (std::size_t row = 0; row < rows; ++row) {
    if (launches.disturbed[row] > launches.slices[row]) {
      return reader.refuse(fmt::format("has {} disturbed slices of {} in launch {}",
                                       launches.disturbed[row], launches.slices[row],
                                       launches.launch[row]));
    }
  }
  return true;
}

/// The time of the reference loop; 0 where it was not timed.
bool read_reference(JsonReader& reader, Value column, Launches& launches) {
  if (!reader.read(column, launches.reference, kAnyTime)) return false;
  const auto impossible = [](double ns) { return ns > 0.0 && ns < kPositiveTime.low; };
  const auto found = std::ranges::find_if(launches.reference, impossible);
  return found == launches.reference.end() ||
         reader.refuse(json::must_be_number(kPositiveTime, fmt::to_string(*found)) + " or 0");
}

bool read_launches(JsonReader& reader, Value value, Launches& launches) {
  const bool read = reader.read_object(value, [&](std::string_view key, Value column) {
    if (key == kLaunch) return reader.read(column, launches.launch);
    if (key == kP25) return reader.read(column, launches.p25, kPositiveTime);
    if (key == kMedian) return reader.read(column, launches.median, kPositiveTime);
    if (key == kMinimum) return reader.read(column, launches.minimum, kAnyTime);
    if (key == kUndisturbedMean) {
      return reader.read(column, launches.undisturbed_mean, kPositiveTime);
    }
    if (key == kCpuP25) return reader.read(column, launches.cpu_p25, kAnyTime);
    if (key == kSlices) return reader.read(column, launches.slices, {1, kCount.high});
    if (key == kDisturbed) return reader.read(column, launches.disturbed);
    if (key == kReference) return read_reference(reader, column, launches);
    return true;
  });
  return read && check_columns(reader, launches);
}

bool read_references(JsonReader& reader, Value value, Launches& launches) {
  return reader.read_object(value, [&](std::string_view key, Value column) {
    return key != kReference || read_reference(reader, column, launches);
  });
}

bool read_interval(JsonReader& reader, Value value, std::optional<Interval>& target) {
  Interval interval;
  const bool read = reader.read_object(value, [&](std::string_view key, Value field) {
    if (key == "low_ns_per_op") return reader.read(field, interval.low, kAnyTime);
    if (key == "high_ns_per_op") return reader.read(field, interval.high, kAnyTime);
    if (key == "level") return reader.read(field, interval.level, {0.0, 1.0});
    return true;
  });
  if (!read) return false;
  if (interval.low > interval.high) return reader.refuse("ends below where it begins");
  target = interval;
  return true;
}

bool read_fairness(JsonReader& reader, Value value, std::optional<Fairness>& target) {
  Fairness fairness;
  const bool read = reader.read_object(value, [&](std::string_view key, Value field) {
    if (key == "min_max_ratio") return reader.read(field, fairness.min_max_ratio, {0.0, 1.0});
    if (key == "jain_index") return reader.read(field, fairness.jain, {0.0, 1.0});
    return true;
  });
  if (read) target = fairness;
  return read;
}

bool read_latency(JsonReader& reader, Value value, std::optional<Latency>& target) {
  Latency latency;
  const bool read = reader.read_object(value, [&](std::string_view key, Value field) {
    if (key == "p50") return reader.read(field, latency.p50, kAnyTime);
    if (key == "p90") return reader.read(field, latency.p90, kAnyTime);
    if (key == "p99") return reader.read(field, latency.p99, kAnyTime);
    if (key == "p99_9") return reader.read(field, latency.p99_9, kAnyTime);
    if (key == "max") return reader.read(field, latency.longest, kAnyTime);
    return true;
  });
  if (read) target = latency;
  return read;
}

bool read_disturbed(JsonReader& reader, Value value, BenchmarkResult& result) {
  return reader.read_object(value, [&](std::string_view key, Value field) {
    if (key == "preempted") return reader.read(field, result.disturbed_preempted);
    if (key == "run_delay") return reader.read(field, result.disturbed_run_delay);
    if (key == "faulted") return reader.read(field, result.disturbed_faulted);
    if (key == "slow_core") return reader.read(field, result.disturbed_slow_core);
    return true;
  });
}

bool read_disturbed_launches(JsonReader& reader, Value value, BenchmarkResult& result) {
  return reader.read_object(value, [&](std::string_view key, Value field) {
    if (key == "stolen") return reader.read(field, result.launches_stolen);
    if (key == "crowded") return reader.read(field, result.launches_crowded);
    return true;
  });
}

template <class Unit>
bool read_unit(JsonReader& reader, Value value, std::optional<Unit>& target, Bounds bounds) {
  double number = 0.0;
  if (!reader.read(value, number, bounds)) return false;
  target = Unit{number};
  return true;
}

bool read_number(JsonReader& reader, std::string_view key, Value value, Detail detail,
                 BenchmarkResult& result) {
  if (key == "median_ns_per_op") return read_unit(reader, value, result.value, kPositiveTime);
  if (key == "interval") return read_interval(reader, value, result.interval);
  if (key == "robust_cv_percent") return read_unit(reader, value, result.robust_cv, {0, 1e12});
  if (key == "raw_cv_percent") return read_unit(reader, value, result.raw_cv, {0, 1e12});
  if (key == "latency_ns") return read_latency(reader, value, result.latency);
  if (key == "bytes_processed_per_op") {
    return read_unit(reader, value, result.processed.bytes, kProcessed);
  }
  if (key == "items_processed_per_op") {
    return read_unit(reader, value, result.processed.items, kProcessed);
  }
  if (key == "fairness") return read_fairness(reader, value, result.fairness);
  if (key == "oversubscribed") return reader.read(value, result.oversubscribed);
  if (key == "disturbed_slices") return read_disturbed(reader, value, result);
  if (key == "disturbed_launches") return read_disturbed_launches(reader, value, result);
  if (key == "target_ns_per_op") return read_unit(reader, value, result.target, kAnyTime);
  if (key == "injected_percent") {
    return read_unit(reader, value, result.injected_percent, {-100, 1e6});
  }
  if (key == "quantiles_ns_per_op" && detail == Detail::everything) {
    return reader.read(value, result.quantiles, kAnyTime);
  }
  return read_counts(reader, key, value, result);
}

bool read_field(JsonReader& reader, std::string_view key, Value value, Detail detail,
                SeenInBenchmark& seen, BenchmarkResult& result) {
  BenchmarkInfo& info = result.info;
  if (key == "id") return (seen.id = read_id(reader, value, info.id));
  if (key == "tier") return (seen.tier = read_tier(reader, value, info.tier));
  if (key == "role") return (seen.role = reader.read_named(value, info.role));
  if (key == "version") return (seen.version = reader.read(value, info.version, {1, kCount.high}));
  if (key == "threads") return (seen.threads = reader.read(value, info.threads, {1, 1'000'000}));
  if (key == "status") {
    return (seen.status = reader.read_named(value, result.outcome.status));
  }
  if (key == "launches") {
    seen.launches = detail == Detail::values ? read_references(reader, value, result.launches)
                                             : read_launches(reader, value, result.launches);
    return seen.launches;
  }
  if (key == "label") return reader.read(value, result.label);
  if (key == "suite") return reader.read(value, result.suite);
  if (key == "reason") return reader.read(value, result.outcome.reason);
  if (key == "operations_per_slice") return reader.read(value, result.batching.operations);
  if (key == "slices_per_visit") return reader.read(value, result.batching.slices);
  if (key == "launches_asked") return reader.read(value, result.launches_asked);
  return read_number(reader, key, value, detail, result);
}

bool check_complete(JsonReader& reader, const SeenInBenchmark& seen,
                    const BenchmarkResult& result) {
  if (!seen.id) return reader.refuse_missing("id");
  if (!seen.tier) return reader.refuse_missing("tier");
  if (!seen.role) return reader.refuse_missing("role");
  if (!seen.version) return reader.refuse_missing("version");
  if (!seen.threads) return reader.refuse_missing("threads");
  if (!seen.status) return reader.refuse_missing("status");
  const bool ok = result.outcome.status == Status::ok;
  if (!result.value && (ok || seen.launches)) return reader.refuse_missing("median_ns_per_op");
  if (!seen.launches && (ok || result.value)) return reader.refuse_missing("launches");
  if (!ok && result.outcome.reason.empty()) return reader.refuse_missing("reason");
  return true;
}

}  // namespace

bool decode_benchmark(JsonReader& reader, Value value, Detail detail,
                      std::vector<BenchmarkResult>& benchmarks) {
  static const BenchmarkId unnamed = *BenchmarkId::parse("?");  // until its `id` comes
  BenchmarkResult result{.info = {.id = unnamed}};
  SeenInBenchmark seen;
  const bool read = reader.read_object(value, [&](std::string_view key, Value field) {
    return read_field(reader, key, field, detail, seen, result);
  });
  if (!read || !check_complete(reader, seen, result)) return false;
  benchmarks.push_back(std::move(result));
  return true;
}

}  // namespace pulsebench::baseline
