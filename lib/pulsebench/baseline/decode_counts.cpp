#include "pulsebench/baseline/decode_counts.hpp"

namespace pulsebench::baseline {
namespace {

using Value = JsonReader::Value;

constexpr Bounds kPerOp{0.0, 1e15};

bool read_counter(JsonReader& reader, Value value, std::vector<Counter>& counters) {
  Counter counter{.name = {}, .per_op = std::nullopt};
  double per_op = 0.0;
  const bool read = reader.read_object(value, [&](std::string_view key, Value field) {
    if (key == "name") return reader.read(field, counter.name);
    if (key == "per_op") {
      if (!reader.read(field, per_op, kPerOp)) return false;
      counter.per_op = per_op;
      return true;
    }
    if (key == "enabled_ns") return reader.read(field, counter.enabled_ns);
    if (key == "running_ns") return reader.read(field, counter.running_ns);
    if (key == "source") return reader.read(field, counter.source);
    return true;
  });
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
  const bool read = reader.read_object(value, [&](std::string_view key, Value field) {
    if (key == "reason") return reader.read(field, reason);
    if (key != "events") return true;
    return reader.read_list(field,
                            [&](Value name) { return reader.read(name, names.emplace_back()); });
  });
  if (!read) return false;
  if (reason.empty()) return reader.refuse_missing("reason");
  for (std::string& name : names) {
    counters.push_back({.name = std::move(name), .per_op = std::nullopt, .reason = reason});
  }
  return true;
}

bool read_some(JsonReader& reader, Value value, std::optional<double>& target) {
  double number = 0.0;
  if (!reader.read(value, number, kPerOp)) return false;
  target = number;
  return true;
}

/// What was asked for has a value or a reason.
bool check_counted(JsonReader& reader, bool counted, const std::string& reason, const char* key) {
  return counted || !reason.empty() || reader.refuse_missing(key);
}

bool read_exact(JsonReader& reader, Value value, std::optional<ExactCount>& target) {
  ExactCount exact;
  const bool read = reader.read_object(value, [&](std::string_view key, Value field) {
    if (key == "instructions_per_op") return read_some(reader, field, exact.instructions_per_op);
    if (key == "operations") return reader.read(field, exact.operations);
    if (key == "by") return reader.read(field, exact.by);
    if (key == "native_per_op") return read_some(reader, field, exact.native_per_op);
    if (key == "d1_misses_per_op") return read_some(reader, field, exact.d1_misses_per_op);
    if (key == "ll_misses_per_op") return read_some(reader, field, exact.ll_misses_per_op);
    if (key == "reason") return reader.read(field, exact.reason);
    return true;
  });
  const bool counted = exact.instructions_per_op.has_value();
  if (!read || !check_counted(reader, counted, exact.reason, "instructions_per_op")) return false;
  target = std::move(exact);
  return true;
}

bool read_allocations(JsonReader& reader, Value value, std::optional<Allocations>& target) {
  Allocations allocations{.per_op = std::nullopt};
  const bool read = reader.read_object(value, [&](std::string_view key, Value field) {
    if (key == "per_op") return read_some(reader, field, allocations.per_op);
    if (key == "bytes_per_op") return reader.read(field, allocations.bytes_per_op, kPerOp);
    if (key == "peak_bytes") return reader.read(field, allocations.peak_bytes);
    if (key == "operations") return reader.read(field, allocations.operations);
    if (key == "reason") return reader.read(field, allocations.reason);
    return true;
  });
  const bool counted = allocations.per_op.has_value();
  if (!read || !check_counted(reader, counted, allocations.reason, "per_op")) return false;
  target = std::move(allocations);
  return true;
}

}  // namespace

bool read_counts(JsonReader& reader, std::string_view key, Value value, BenchmarkResult& result) {
  if (key == "counters") {
    return reader.read_list(
        value, [&](Value entry) { return read_counter(reader, entry, result.counters); });
  }
  if (key == "counters_absent") {
    return reader.read_list(
        value, [&](Value entry) { return read_absent(reader, entry, result.counters); });
  }
  if (key == "exact") return read_exact(reader, value, result.exact);
  if (key == "allocations") return read_allocations(reader, value, result.allocations);
  if (key == "max_allocations_per_op") return read_some(reader, value, result.max_allocations);
  return true;
}

}  // namespace pulsebench::baseline
