#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "pulsebench/baseline/codec.hpp"
#include "pulsebench/baseline/field_names.hpp"
#include "pulsebench/json/write.hpp"

namespace pulsebench::baseline {
namespace {

using Json = nlohmann::ordered_json;

/// Below what a clock can tell.
double rounded(double value) { return json::rounded(value, 7); }

Json list_of(const std::vector<int>& values) { return values; }

Json list_of(const std::vector<double>& values) {
  Json list = Json::array();
  for (const double value : values) list.push_back(rounded(value));
  return list;
}

Json facts_object(const NamedFacts& facts) {
  Json object = Json::object();
  for (const auto& [name, value] : facts) object[name] = value;
  return object;
}

Json git_object(const Git& git) {
  return {{"commit", git.commit},
          {"branch", git.branch},
          {"commit_date", git.commit_date},
          {"merge_base", git.merge_base},
          {"dirty", git.dirty}};
}

Json suites_list(const std::vector<SuiteBuild>& suites) {
  Json list = Json::array();
  for (const SuiteBuild& suite : suites) {
    list.push_back(
        {{"name", suite.name}, {"sha256", suite.sha256}, {"facts", facts_object(suite.facts)}});
  }
  return list;
}

Json state_list(const std::vector<StateFact>& state) {
  Json list = Json::array();
  for (const StateFact& fact : state) {
    Json entry{{"name", fact.name}};
    if (!fact.requested.empty()) entry["requested"] = fact.requested;
    if (!fact.before.empty()) entry["before"] = fact.before;
    if (!fact.after.empty()) entry["after"] = fact.after;
    if (!fact.reason.empty()) entry["reason"] = fact.reason;
    list.push_back(std::move(entry));
  }
  return list;
}

/// The key of a figure in `unit`.
std::string key_of(std::string_view name, Unit unit) {
  return std::string{name}.append(unit == Unit::nanoseconds ? kNsPerOp : "");
}

Json launches_object(const Launches& launches, Unit unit) {
  Json object;
  for (const LaunchColumn& column : kLaunchColumns) {
    const bool number = column.holds == Column::number;
    object[number ? std::string{column.key} : key_of(column.key, unit)] =
        std::visit([&](auto values) { return list_of(launches.*values); }, column.values);
  }
  return object;
}

void add_numbers(const BenchmarkResult& benchmark, Json& object) {
  if (!benchmark.value) return;  // absent, and `reason` says why
  const Unit unit = benchmark.info.unit();
  object[key_of("median", unit)] = rounded(benchmark.value->value);
  if (benchmark.interval) {
    object["interval"] = {{key_of("low", unit), rounded(benchmark.interval->low)},
                          {key_of("high", unit), rounded(benchmark.interval->high)},
                          {"level", benchmark.interval->level}};
  }
  if (benchmark.robust_cv) object["robust_cv_percent"] = rounded(benchmark.robust_cv->value);
  if (benchmark.raw_cv) object["raw_cv_percent"] = rounded(benchmark.raw_cv->value);
  if (benchmark.fairness) {
    object["fairness"] = {{"min_max_ratio", rounded(benchmark.fairness->min_max_ratio)},
                          {"jain_index", rounded(benchmark.fairness->jain)}};
  }
  if (const auto& growth = benchmark.growth) {
    object["growth"] = {{"percent_per_minute", rounded(growth->percent_per_minute)},
                        {"low", rounded(growth->interval.low)},
                        {"high", rounded(growth->interval.high)},
                        {"level", growth->interval.level},
                        {"seconds", rounded(growth->seconds)}};
  }
  if (const auto& latency = benchmark.latency) {
    object["latency_ns"] = {{"p50", rounded(latency->p50)},
                            {"p90", rounded(latency->p90)},
                            {"p99", rounded(latency->p99)},
                            {"p99_9", rounded(latency->p99_9)},
                            {"max", rounded(latency->longest)}};
  }
  const Processed& processed = benchmark.processed;
  if (processed.bytes) object["bytes_processed_per_op"] = rounded(*processed.bytes);
  if (processed.items) object["items_processed_per_op"] = rounded(*processed.items);
  object["disturbed_slices"] = {{"preempted", benchmark.disturbed_preempted},
                                {"run_delay", benchmark.disturbed_run_delay},
                                {"faulted", benchmark.disturbed_faulted},
                                {"slow_core", benchmark.disturbed_slow_core}};
  object["disturbed_launches"] = {{"stolen", benchmark.launches_stolen},
                                  {"crowded", benchmark.launches_crowded}};
  if (const auto& aggregate = benchmark.aggregate) {
    object["aggregate_of"] = {{"figure", aggregate->figure}};
    if (aggregate->count > 0) object["aggregate_of"]["count"] = aggregate->count;
    return;
  }
  object["launches"] = launches_object(benchmark.launches, unit);
  object[key_of("quantiles", unit)] = list_of(benchmark.quantiles);
}

Json counted_list(const std::vector<Counter>& counters) {
  Json list = Json::array();
  for (const Counter& counter : counters) {
    if (!counter.per_op) continue;
    Json entry{{"name", counter.name},
               {"per_op", rounded(*counter.per_op)},
               {"enabled_ns", counter.enabled_ns},
               {"running_ns", counter.running_ns}};
    if (!counter.source.empty()) entry["source"] = counter.source;
    list.push_back(std::move(entry));
  }
  return list;
}

Json absent_list(const std::vector<Counter>& counters) {
  Json list = Json::array();
  for (const Counter& counter : counters) {
    if (counter.per_op) continue;
    Json* same = nullptr;
    for (Json& entry : list) {
      if (entry["reason"] == counter.reason) same = &entry;
    }
    if (same == nullptr) {
      list.push_back({{"reason", counter.reason}, {"events", Json::array()}});
      same = &list.back();
    }
    (*same)["events"].push_back(counter.name);
  }
  return list;
}

Json exact_object(const ExactCount& exact) {
  if (!exact.instructions_per_op) return {{"reason", exact.reason}};
  Json object{{"instructions_per_op", rounded(*exact.instructions_per_op)},
              {"whole", exact.whole()},
              {"operations", exact.operations},
              {"by", exact.by}};
  if (exact.native_per_op) object["native_per_op"] = rounded(*exact.native_per_op);
  if (exact.d1_misses_per_op) object["d1_misses_per_op"] = rounded(*exact.d1_misses_per_op);
  if (exact.ll_misses_per_op) object["ll_misses_per_op"] = rounded(*exact.ll_misses_per_op);
  return object;
}

Json allocations_object(const Allocations& allocations) {
  if (!allocations.per_op) return {{"reason", allocations.reason}};
  return {{"per_op", rounded(*allocations.per_op)},
          {"bytes_per_op", rounded(allocations.bytes_per_op)},
          {"peak_bytes", allocations.peak_bytes},
          {"operations", allocations.operations}};
}

/// Events that are absent for one reason share it.
void add_counts(const BenchmarkResult& benchmark, Json& object) {
  if (Json counted = counted_list(benchmark.counters); !counted.empty()) {
    object["counters"] = std::move(counted);
  }
  if (Json absent = absent_list(benchmark.counters); !absent.empty()) {
    object["counters_absent"] = std::move(absent);
  }
  if (benchmark.exact) object["exact"] = exact_object(*benchmark.exact);
  if (benchmark.allocations) object["allocations"] = allocations_object(*benchmark.allocations);
  if (benchmark.max_allocations) object["max_allocations_per_op"] = *benchmark.max_allocations;
}

Json benchmark_object(const BenchmarkResult& benchmark) {
  const BenchmarkInfo& info = benchmark.info;
  Json object{{"id", info.id.text()},
              {"tier", number_of(info.tier)},
              {"role", name_of(info.role)},
              {"version", info.version},
              {"threads", info.threads},
              {"suite", benchmark.suite},
              {"status", name_of(benchmark.outcome.status)}};
  if (!info.tier_declared) object["tier_declared"] = false;
  if (const auto& metric = info.metric) {
    object["metric"] = {{"name", metric->name},
                        {"unit", name_of(metric->unit)},
                        {"better", name_of(metric->better)}};
  }
  if (info.source) object["source"] = {{"file", info.source->file}, {"line", info.source->line}};
  if (!benchmark.outcome.reason.empty()) object["reason"] = benchmark.outcome.reason;
  object["operations_per_slice"] = benchmark.batching.operations;
  object["slices_per_visit"] = benchmark.batching.slices;
  if (benchmark.batching.min_time > 0.0) object["min_time_s"] = benchmark.batching.min_time;
  object["launches_asked"] = benchmark.launches_asked;
  if (benchmark.oversubscribed) object["oversubscribed"] = true;
  if (!benchmark.label.empty()) object["label"] = benchmark.label;
  if (!benchmark.foreign_name.empty()) object["foreign_name"] = benchmark.foreign_name;
  if (benchmark.target) object[key_of("target", info.unit())] = rounded(benchmark.target->value);
  if (benchmark.injected_percent) object["injected_percent"] = *benchmark.injected_percent;
  add_numbers(benchmark, object);
  add_counts(benchmark, object);
  return object;
}

Json imported_object(const ImportedFrom& from) {
  return {{"format", from.format},
          {"tool", from.tool},
          {"tool_version", from.tool_version},
          {"file_sha256", from.file_sha256}};
}

Json envelope_object(const Document& document) {
  Json object{{"schema", kSchemaId},
              {"schema_version", document.schema_version},
              {"tool_version", document.tool_version},
              {"kind", document.kind},
              {"run_id", document.run_id},
              {"started", document.started},
              {"ended", document.ended},
              {"reason", document.reason},
              {"complete", document.complete}};
  if (document.imported_from) object["imported_from"] = imported_object(*document.imported_from);
  if (!document.project.empty()) object["project"] = document.project;
  if (!document.complete) object["incomplete_because"] = document.incomplete_because;
  object["seed"] = document.seed;
  object["preset"] = document.preset;
  if (!document.like.empty()) object["like"] = document.like;
  object["command_line"] = document.command_line;
  object["git"] = git_object(document.git);
  object["suites"] = suites_list(document.suites);
  object["machine"] = {{"key", document.machine.key},
                       {"hashed", facts_object(document.machine.hashed)},
                       {"shown", facts_object(document.machine.shown)}};
  object["state"] = state_list(document.state);
  object["time"] = {{"total_seconds", rounded(document.time.total)},
                    {"measuring_seconds", rounded(document.time.measuring)},
                    {"in_visits_seconds", rounded(document.time.in_visits)}};
  return object;
}

}  // namespace

std::string encode(const Document& document) {
  // One line a field and one a benchmark, so that a baseline kept in git has a readable diff.
  const Json envelope = envelope_object(document);
  std::string text = "{\n";
  for (const auto& field : envelope.items()) {
    text += fmt::format("{}: {},\n", json::line_text(Json(field.key())),
                        json::line_text(field.value()));
  }
  text += "\"benchmarks\": [";
  const char* separator = "\n";
  for (const BenchmarkResult& benchmark : document.benchmarks) {
    text += separator;
    text += json::line_text(benchmark_object(benchmark));
    separator = ",\n";
  }
  return text + "\n]}\n";
}

}  // namespace pulsebench::baseline
