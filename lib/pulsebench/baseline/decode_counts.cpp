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
  return true;
}

}  // namespace pulsebench::baseline
