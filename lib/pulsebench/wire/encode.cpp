#include <utility>

#include "pulsebench/json/reader.hpp"
#include "pulsebench/json/write.hpp"
#include "pulsebench/wire/messages.hpp"

namespace pulsebench::wire {
namespace {

json::Value write_info(const BenchmarkInfo& info) {
  return {{"id", info.id.text()},
          {"tier", number_of(info.tier)},
          {"role", name_of(info.role)},
          {"version", info.version},
          {"threads", info.threads}};
}

json::Value write_counters(const std::vector<Counter>& counters) {
  json::Value list = json::Value::array();
  for (const Counter& counter : counters) {
    json::Value entry{{"name", counter.name}};
    if (counter.per_op) {
      entry["per_op"] = *counter.per_op;
      entry["enabled_ns"] = counter.enabled_ns;
      entry["running_ns"] = counter.running_ns;
      entry["source"] = counter.source;
    } else {
      entry["reason"] = counter.reason;
    }
    list.push_back(std::move(entry));
  }
  return list;
}

json::Value object_of(const Visited& visited) {
  json::Value wall = json::Value::array();
  json::Value cpu = json::Value::array();
  json::Value disturbances = json::Value::array();
  for (const Slice& slice : visited.visit.slices) {
    wall.push_back(slice.ns_per_op);
    cpu.push_back(slice.cpu_ns_per_op);
    disturbances.push_back(slice.disturbances);
  }
  json::Value object{{"event", "visited"},
                     {"id", visited.id},
                     {"operations", visited.visit.operations},
                     {"ns_per_op", std::move(wall)},
                     {"cpu_ns_per_op", std::move(cpu)},
                     {"disturbances", std::move(disturbances)},
                     {"visit_disturbances", visited.visit.disturbances},
                     {"memory_unlocked", visited.memory_unlocked},
                     {"reference_ns", visited.visit.reference_ns},
                     {"seconds", visited.visit.seconds},
                     {"counters", write_counters(visited.visit.counters)}};
  if (!visited.visit.thread_operations.empty()) {
    object["thread_operations"] = visited.visit.thread_operations;
  }
  if (!visited.visit.latencies.empty()) {
    json::Value& ns = object["latency_ns"] = json::Value::array();
    json::Value& counts = object["latency_counts"] = json::Value::array();
    for (const LatencyBucket& bucket : visited.visit.latencies) {
      ns.push_back(bucket.ns);
      counts.push_back(bucket.count);
    }
  }
  const Processed& processed = visited.visit.processed;
  if (processed.bytes) object["bytes_processed_per_op"] = *processed.bytes;
  if (processed.items) object["items_processed_per_op"] = *processed.items;
  if (!visited.visit.label.empty()) object["label"] = visited.visit.label;
  if (const auto& source = visited.visit.source) {
    object["source_file"] = source->file;
    object["source_line"] = source->line;
  }
  if (visited.visit.empty_loop_ns) object["empty_loop_ns"] = *visited.visit.empty_loop_ns;
  return object;
}

json::Value object_of(const List&) { return {{"request", "list"}}; }

json::Value object_of(const Calibrate& r) {
  return {{"request", "calibrate"},     {"id", r.id},
          {"slice_ns", r.slice_ns},     {"visit_ns", r.visit_ns},
          {"warm_up_ns", r.warm_up_ns}, {"min_operations", r.min_operations},
          {"min_slices", r.min_slices}, {"max_slices", r.max_slices}};
}

json::Value object_of(const TakeVisit& r) {
  return {{"request", "visit"},
          {"counters", r.counters},
          {"id", r.id},
          {"operations", r.batching.operations},
          {"slices", r.batching.slices},
          {"warm_up_ns", r.warm_up_ns},
          {"heap_padding", r.heap_padding},
          {"inject_percent", r.inject_percent},
          {"lock_memory", r.lock_memory},
          {"visit_ns", r.visit_ns},
          {"watch_each_slice", r.watch_each_slice}};
}

json::Value object_of(const CountExactly& r) {
  return {{"request", "exact"},         {"id", r.id},
          {"operations", r.operations}, {"stepping", r.stepping},
          {"most_steps", r.most_steps}, {"inject_percent", r.inject_percent}};
}

json::Value object_of(const CountAllocations& r) {
  return {{"request", "allocations"}, {"id", r.id}, {"operations", r.operations}};
}

json::Value object_of(const RecordHeap& r) {
  return {{"request", "heap"},
          {"id", r.id},
          {"operations", r.operations},
          {"most_bytes", r.most_bytes},
          {"file", r.file}};
}

json::Value object_of(const TakeProfile& r) {
  return {{"request", "profile"},
          {"id", r.id},
          {"operations", r.batching.operations},
          {"slices", r.batching.slices},
          {"warm_up_ns", r.warm_up_ns},
          {"heap_padding", r.heap_padding},
          {"rounds", r.rounds},
          {"sampled_slices", r.sampled_slices},
          {"period_ns", r.period_ns},
          {"stack_bytes", r.stack_bytes},
          {"by_timer", r.by_timer},
          {"file", r.file}};
}

json::Value object_of(const Quit&) { return {{"request", "quit"}}; }

json::Value object_of(const Hello& e) {
  json::Value build = json::Value::array();
  for (const auto& [name, value] : e.build) build.push_back({{"name", name}, {"value", value}});
  return {{"event", "hello"},
          {"protocol", e.protocol},
          {"suite", e.suite},
          {"build", std::move(build)}};
}

json::Value object_of(const Listed& e) {
  json::Value benchmarks = json::Value::array();
  for (const BenchmarkInfo& info : e.benchmarks) benchmarks.push_back(write_info(info));
  return {{"event", "listed"}, {"benchmarks", std::move(benchmarks)}};
}

json::Value object_of(const Calibrated& e) {
  return {{"event", "calibrated"},
          {"id", e.id},
          {"operations", e.batching.operations},
          {"slices", e.batching.slices},
          {"ns_per_op", e.ns_per_op},
          {"empty_loop_ns_per_op", e.empty_loop_ns_per_op},
          {"measured_nothing", e.measured_nothing}};
}

json::Value object_of(const CountedExactly& e) {
  return {{"event", "counted_exactly"}, {"id", e.id}, {"once", e.once}, {"twice", e.twice}};
}

json::Value object_of(const CountedAllocations& e) {
  return {{"event", "counted_allocations"},
          {"id", e.id},
          {"per_op", e.allocations.per_op.value_or(0.0)},
          {"bytes_per_op", e.allocations.bytes_per_op},
          {"peak_bytes", e.allocations.peak_bytes},
          {"operations", e.allocations.operations}};
}

json::Value object_of(const HeapRecorded& e) {
  return {{"event", "heap_recorded"},
          {"id", e.id},
          {"operations", e.operations},
          {"ns_per_op", e.ns_per_op}};
}

json::Value object_of(const Profiled& e) {
  return {{"event", "profiled"},
          {"id", e.id},
          {"by", e.by},
          {"refused", e.refused},
          {"samples", e.samples},
          {"lost", e.lost},
          {"throttled", e.throttled},
          {"sampled_seconds", e.sampled_seconds},
          {"p25_ns_per_op", e.p25_ns_per_op},
          {"mean_ns_per_op", e.mean_ns_per_op},
          {"sampled_ns_per_op", e.sampled_ns_per_op}};
}

json::Value object_of(const Failed& e) {
  return {{"event", "failed"}, {"id", e.id}, {"status", name_of(e.status)}, {"reason", e.reason}};
}

template <class Message>
std::string line_of(const Message& message) {
  return std::visit([](const auto& one) { return json::line_text(object_of(one)); }, message);
}

}  // namespace

std::string encode(const Request& request) { return line_of(request); }

std::string encode(const Event& event) { return line_of(event); }

}  // namespace pulsebench::wire
