#include "pulsebench/baseline/decode_benchmark.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "pulsebench/baseline/decode_launches.hpp"
#include "pulsebench/baseline/field_names.hpp"

namespace pulsebench::baseline {
namespace {

using Value = JsonReader::Value;

constexpr Bounds kProcessed{1e-9, 1e18};
constexpr Bounds kPerOp{0.0, 1e15};
constexpr Bounds kShare{0.0, 1.0};

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

bool read_interval(JsonReader& reader, Value value, std::optional<Interval>& target) {
  Interval& interval = target.emplace();
  const bool read = reader.read_object(value, [&](std::string_view key, Value item) {
    const std::string_view name = without_unit(key);
    if (name == "low") return reader.read(item, interval.low, kAnyTime);
    if (name == "high") return reader.read(item, interval.high, kAnyTime);
    return name != "level" || reader.read(item, interval.level, kShare);
  });
  if (!read) return false;
  return interval.low <= interval.high || reader.refuse("ends below where it begins");
}

bool read_aggregate(JsonReader& reader, Value value, Aggregate& aggregate) {
  const bool read =
      reader.read_record(value, field("figure", aggregate.figure), field("count", aggregate.count));
  return read && (!aggregate.figure.empty() || reader.refuse_missing("figure"));
}

bool read_fairness(JsonReader& reader, Value value, Fairness& fairness) {
  return reader.read_record(value, field("min_max_ratio", fairness.min_max_ratio, kShare),
                            field("jain_index", fairness.jain, kShare));
}

bool read_growth(JsonReader& reader, Value value, Growth& growth) {
  constexpr Bounds kSlope{-1e12, 1e12};
  Interval& interval = growth.interval;
  const bool read = reader.read_record(
      value, field("percent_per_minute", growth.percent_per_minute, kSlope),
      field("low", interval.low, kSlope), field("high", interval.high, kSlope),
      field("level", interval.level, kShare), field("seconds", growth.seconds, kAnyTime));
  if (!read) return false;
  return interval.low <= interval.high || reader.refuse("ends below where it begins");
}

bool read_latency(JsonReader& reader, Value value, Latency& latency) {
  return reader.read_record(
      value, field("p50", latency.p50, kAnyTime), field("p90", latency.p90, kAnyTime),
      field("p99", latency.p99, kAnyTime), field("p99_9", latency.p99_9, kAnyTime),
      field("max", latency.longest, kAnyTime));
}

bool read_disturbed(JsonReader& reader, Value value, BenchmarkResult& result) {
  return reader.read_record(value, field("preempted", result.disturbed_preempted),
                            field("run_delay", result.disturbed_run_delay),
                            field("faulted", result.disturbed_faulted),
                            field("slow_core", result.disturbed_slow_core));
}

bool read_disturbed_launches(JsonReader& reader, Value value, BenchmarkResult& result) {
  return reader.read_record(value, field("stolen", result.launches_stolen),
                            field("crowded", result.launches_crowded));
}

bool read_counter(JsonReader& reader, Value value, std::vector<Counter>& counters) {
  Counter counter{.name = {}, .per_op = std::nullopt};
  const bool read = reader.read_record(
      value, field("name", counter.name), field("per_op", counter.per_op, kPerOp),
      field("enabled_ns", counter.enabled_ns), field("running_ns", counter.running_ns),
      field("source", counter.source));
  if (!read) return false;
  if (counter.name.empty()) return reader.refuse_missing("name");
  if (!counter.per_op) return reader.refuse_missing("per_op");
  counters.push_back(std::move(counter));
  return true;
}

/// Events that share a reason.
bool read_absent(JsonReader& reader, Value value, std::vector<Counter>& counters) {
  std::string reason;
  std::vector<std::string> names;
  if (!reader.read_record(value, field("reason", reason), field("events", names))) return false;
  if (reason.empty()) return reader.refuse_missing("reason");
  for (std::string& name : names) {
    counters.push_back({.name = std::move(name), .per_op = std::nullopt, .reason = reason});
  }
  return true;
}

/// What was asked for has a value or a reason.
bool check_counted(JsonReader& reader, bool counted, const std::string& reason, const char* key) {
  return counted || !reason.empty() || reader.refuse_missing(key);
}

bool read_exact(JsonReader& reader, Value value, ExactCount& exact) {
  const bool read = reader.read_record(
      value, field("instructions_per_op", exact.instructions_per_op, kPerOp),
      field("operations", exact.operations), field("by", exact.by),
      field("native_per_op", exact.native_per_op, kPerOp),
      field("d1_misses_per_op", exact.d1_misses_per_op, kPerOp),
      field("ll_misses_per_op", exact.ll_misses_per_op, kPerOp), field("reason", exact.reason));
  return read && check_counted(reader, exact.instructions_per_op.has_value(), exact.reason,
                               "instructions_per_op");
}

bool read_allocations(JsonReader& reader, Value value, Allocations& allocations) {
  const bool read = reader.read_record(value, field("per_op", allocations.per_op, kPerOp),
                                       field("bytes_per_op", allocations.bytes_per_op, kPerOp),
                                       field("peak_bytes", allocations.peak_bytes),
                                       field("operations", allocations.operations),
                                       field("reason", allocations.reason));
  return read &&
         check_counted(reader, allocations.per_op.has_value(), allocations.reason, "per_op");
}

/// Reads the field `key` of a benchmark where it is one of what was counted; leaves others.
bool read_counts(JsonReader& reader, std::string_view key, Value value, BenchmarkResult& result) {
  if (key == "counters") {
    return reader.read_list(
        value, [&](Value entry) { return read_counter(reader, entry, result.counters); });
  }
  if (key == "counters_absent") {
    return reader.read_list(
        value, [&](Value entry) { return read_absent(reader, entry, result.counters); });
  }
  if (key == "exact") return read_exact(reader, value, result.exact.emplace());
  if (key == "allocations") return read_allocations(reader, value, result.allocations.emplace());
  if (key == "max_allocations_per_op") return reader.read(value, result.max_allocations, kPerOp);
  return true;
}

bool read_metric(JsonReader& reader, Value value, Metric& metric) {
  const bool read = reader.read_object(value, [&](std::string_view key, Value item) {
    if (key == "name") return reader.read(item, metric.name);
    if (key == "unit") return reader.read_named(item, metric.unit);
    return key != "better" || reader.read_named(item, metric.better);
  });
  return read && (!metric.name.empty() || reader.refuse_missing("name"));
}

bool read_number(JsonReader& reader, std::string_view key, Value value, Detail detail,
                 BenchmarkResult& result) {
  const std::string_view name = without_unit(key);
  if (name == "median") {
    return reader.read(value, result.value, name == key ? kAnyTime : kPositiveTime);
  }
  if (key == "interval") return read_interval(reader, value, result.interval);
  if (key == "robust_cv_percent") return reader.read(value, result.robust_cv, {0, 1e12});
  if (key == "raw_cv_percent") return reader.read(value, result.raw_cv, {0, 1e12});
  if (key == "growth") return read_growth(reader, value, result.growth.emplace());
  if (key == "latency_ns") return read_latency(reader, value, result.latency.emplace());
  if (key == "bytes_processed_per_op") {
    return reader.read(value, result.processed.bytes, kProcessed);
  }
  if (key == "items_processed_per_op") {
    return reader.read(value, result.processed.items, kProcessed);
  }
  if (key == "fairness") return read_fairness(reader, value, result.fairness.emplace());
  if (key == "oversubscribed") return reader.read(value, result.oversubscribed);
  if (key == "disturbed_slices") return read_disturbed(reader, value, result);
  if (key == "disturbed_launches") return read_disturbed_launches(reader, value, result);
  if (name == "target") return reader.read(value, result.target, kAnyTime);
  if (key == "injected_percent") {
    return reader.read(value, result.injected_percent, {-100, 1e6});
  }
  if (name == "quantiles" && detail == Detail::everything) {
    return reader.read(value, result.quantiles, kAnyTime);
  }
  return read_counts(reader, key, value, result);
}

bool read_source(JsonReader& reader, Value value, std::optional<SourceLine>& source) {
  SourceLine& line = source.emplace();
  return reader.read_record(value, field("file", line.file),
                            field("line", line.line, {1, kCount.high})) &&
         (!line.file.empty() || reader.refuse_missing("file"));
}

bool read_field(JsonReader& reader, std::string_view key, Value value, Detail detail,
                BenchmarkResult& result) {
  BenchmarkInfo& info = result.info;
  if (key == "id") return read_id(reader, value, info.id);
  if (key == "tier") return read_tier(reader, value, info.tier);
  if (key == "tier_declared") return reader.read(value, info.tier_declared);
  if (key == "metric") return read_metric(reader, value, info.metric.emplace());
  if (key == "source") return read_source(reader, value, info.source);
  if (key == "role") return reader.read_named(value, info.role);
  if (key == "version") return reader.read(value, info.version, {1, kCount.high});
  if (key == "threads") return reader.read(value, info.threads, {1, 1'000'000});
  if (key == "status") return reader.read_named(value, result.outcome.status);
  if (key == "launches") return read_launches(reader, value, detail, result.launches);
  if (key == "label") return reader.read(value, result.label);
  if (key == "foreign_name") return reader.read(value, result.foreign_name);
  if (key == "aggregate_of") return read_aggregate(reader, value, result.aggregate.emplace());
  if (key == "suite") return reader.read(value, result.suite);
  if (key == "reason") return reader.read(value, result.outcome.reason);
  if (key == "operations_per_slice") return reader.read(value, result.batching.operations);
  if (key == "slices_per_visit") return reader.read(value, result.batching.slices);
  if (key == "min_time_s") return reader.read(value, result.batching.min_time, {0, 1e6});
  if (key == "launches_asked") return reader.read(value, result.launches_asked);
  return read_number(reader, key, value, detail, result);
}

/// `missing` are the fields that did not come, of those that a benchmark must have; without a
/// measurement, or where another tool gave its aggregate alone, it has no launches.
bool check_complete(JsonReader& reader, const std::vector<std::string_view>& missing,
                    const BenchmarkResult& result) {
  const bool has_launches = missing.empty() || result.aggregate;
  if (!missing.empty() && missing.front() != "launches") {
    return reader.refuse_missing(missing.front());
  }
  const bool ok = result.outcome.status == Status::ok;
  if (!result.value && (ok || has_launches)) return reader.refuse_missing("median_ns_per_op");
  if (!has_launches && (ok || result.value)) return reader.refuse_missing("launches");
  if (!ok && result.outcome.reason.empty()) return reader.refuse_missing("reason");
  const auto is_zero = [](double figure) { return figure <= 0.0; };
  const bool may_be_zero = result.info.unit() == Unit::count;
  if (!may_be_zero && std::ranges::any_of(result.launches.p25, is_zero)) {
    return reader.refuse("has a p25 of 0, of which no change can be told");
  }
  return true;
}

/// The costs get the unit of the metric, which may stand behind them.
void take_unit(BenchmarkResult& result) {
  for (std::optional<Cost>* cost : {&result.value, &result.target}) {
    if (*cost) (*cost)->unit = result.info.unit();
  }
}

}  // namespace

bool decode_benchmark(JsonReader& reader, Value value, Detail detail,
                      std::vector<BenchmarkResult>& benchmarks) {
  static const BenchmarkId unnamed = *BenchmarkId::parse("?");  // until its `id` comes
  BenchmarkResult result{.info = {.id = unnamed}};
  std::vector<std::string_view> missing{"id",      "tier",   "role",    "version",
                                        "threads", "status", "launches"};
  const bool read = reader.read_object(value, [&](std::string_view key, Value field) {
    std::erase(missing, key);
    return read_field(reader, key, field, detail, result);
  });
  if (!read || !check_complete(reader, missing, result)) return false;
  take_unit(result);
  benchmarks.push_back(std::move(result));
  return true;
}

}  // namespace pulsebench::baseline
