#include "pulsebench/wire/messages.hpp"

#include <algorithm>
#include <optional>

#include "pulsebench/wire/decode.hpp"
#include "pulsebench/wire/heap_recording.hpp"
#include "pulsebench/wire/rates.hpp"

namespace pulsebench::wire {
namespace {

using json::Reader;

constexpr double kMaxNsPerOp = 1e13;  // nearly three hours: more than any time limit lets through
constexpr int kMaxThreads = 1'000'000;
constexpr std::size_t kMaxBuckets = 10'000;
constexpr std::size_t kMostNames = 1000;
constexpr double kMaxPerOp = 1e15;

void read_info(Reader& entry, Listed& listed) {
  const auto id = BenchmarkId::parse(entry.text("id"));
  const int tier = entry.small("tier", 0, 3);
  const Role role = entry.named<Role>("role");
  const int version = entry.small("version", 1, 1'000'000);
  const int threads = entry.small("threads", 1, kMaxThreads);
  if (!id) return entry.note("id", "is unusable: " + id.error().message);
  listed.benchmarks.push_back({.id = *id,
                               .tier = static_cast<Tier>(tier),
                               .role = role,
                               .version = version,
                               .threads = threads});
}

Event read_listed(Reader& f) {
  Listed listed;
  f.each("benchmarks", 100'000, [&](Reader& entry) { read_info(entry, listed); });
  return listed;
}

Event read_hello(Reader& f) {
  Hello hello{.protocol = f.small("protocol", 0, 1'000'000),
              .suite = f.text("suite", {.most = 200}),
              .build = {}};
  f.each("build", 100, [&](Reader& fact) {
    hello.build.emplace_back(fact.text("name", {.most = 200}), fact.text("value"));
  });
  return hello;
}

Event read_calibrated(Reader& f) {
  return Calibrated{.id = f.text("id"),
                    .batching = {.operations = f.whole("operations", 1, kMaxOperations),
                                 .slices = f.small("slices", 1, kMaxSlices)},
                    .ns_per_op = f.real("ns_per_op", 0.0, kMaxNsPerOp),
                    .empty_loop_ns_per_op = f.real("empty_loop_ns_per_op", 0.0, kMaxNsPerOp),
                    .measured_nothing = f.flag("measured_nothing")};
}

Latencies read_latencies(Reader& f) {
  Latencies latencies;
  if (!f.has("latency_ns")) return latencies;
  const auto ns = f.reals("latency_ns", 0.0, kMaxNsPerOp);
  const auto counts = f.wholes("latency_counts", kMaxBuckets, kMaxOperations);
  if (counts.size() != ns.size()) f.note("latency_counts", "has another length than 'latency_ns'");
  if (!std::is_sorted(ns.begin(), ns.end())) f.note("latency_ns", "does not ascend");
  if (f.failed()) return latencies;
  for (std::size_t i = 0; i < ns.size(); ++i) latencies.push_back({ns[i], counts[i]});
  return latencies;
}

std::optional<double> read_amount(Reader& f, const char* key) {
  if (!f.has(key)) return std::nullopt;
  return f.real(key, kLeastProcessed, kMostProcessed);
}

/// A field that is absent is an empty list: a suite that counts nothing need not say so.
std::vector<Counter> read_counters(Reader& f) {
  std::vector<Counter> counters;
  if (!f.has("counters")) return counters;
  f.each("counters", kMostNames, [&](Reader& entry) {
    Counter& counter = counters.emplace_back();
    counter.name = printable(entry.text("name", {.most = 200}));
    if (entry.has("per_op")) {
      counter.per_op = entry.real("per_op", -kMaxPerOp, kMaxPerOp);  // a slope of noise is below 0
      counter.enabled_ns = entry.whole("enabled_ns", 0, kMaxNs);
      counter.running_ns = entry.whole("running_ns", 0, kMaxNs);
      counter.source = printable(entry.text("source", {.most = 40}));
    } else {
      counter.reason = printable(entry.text("reason", {.most = 1000}), 400);
    }
  });
  return counters;
}

Event read_visited(Reader& f) {
  Visited visited{.id = f.text("id"), .visit = {}};
  visited.visit.operations = f.whole("operations", 1, kMaxOperations);
  const auto wall = f.reals("ns_per_op", json::kAboveZero, kMaxNsPerOp);
  const auto cpu = f.reals("cpu_ns_per_op", 0.0, kMaxNsPerOp);
  const auto causes = f.wholes("disturbances", kMaxSlices, 0xFFFFFFFFU);
  visited.visit.reference_ns = f.real("reference_ns", json::kAboveZero, 1e12);
  visited.visit.seconds = f.real("seconds", 0.0, 1e6);
  visited.visit.disturbances =
      static_cast<std::uint32_t>(f.whole("visit_disturbances", 0, 0xFFFFFFFFU));
  visited.visit.counters = read_counters(f);
  visited.memory_unlocked = f.text("memory_unlocked", {.most = 200});
  if (f.has("thread_operations")) {
    visited.visit.thread_operations = f.wholes("thread_operations", kMaxThreads, kMaxOperations);
  }
  visited.visit.latencies = read_latencies(f);
  visited.visit.processed = {.bytes = read_amount(f, "bytes_processed_per_op"),
                             .items = read_amount(f, "items_processed_per_op")};
  if (f.has("label")) visited.visit.label = f.text("label", {.most = kMaxLabel});
  if (f.has("source_file")) {
    visited.visit.source = {.file = f.text("source_file", {.least = 1, .most = kMaxSourceFile}),
                            .line = f.small("source_line", 1, kMaxSourceLine)};
  }
  if (f.has("empty_loop_ns")) {
    visited.visit.empty_loop_ns = f.real("empty_loop_ns", json::kAboveZero, kMaxNsPerOp);
  }
  if (wall.empty()) f.note("ns_per_op", "is empty");
  if (cpu.size() != wall.size()) f.note("cpu_ns_per_op", "has another length than 'ns_per_op'");
  if (causes.size() != wall.size()) f.note("disturbances", "has another length than 'ns_per_op'");
  if (f.failed()) return visited;
  for (std::size_t i = 0; i < wall.size(); ++i) {
    visited.visit.slices.push_back({.ns_per_op = wall[i],
                                    .cpu_ns_per_op = cpu[i],
                                    .disturbances = static_cast<std::uint32_t>(causes[i])});
  }
  return visited;
}

Event read_counted_exactly(Reader& f) {
  return CountedExactly{.id = f.text("id"),
                        .once = f.whole("once", 0, kMaxOperations),
                        .twice = f.whole("twice", 0, kMaxOperations)};
}

Event read_counted_allocations(Reader& f) {
  return CountedAllocations{
      .id = f.text("id"),
      .allocations = {.per_op = f.real("per_op", 0.0, 1e12),
                      .bytes_per_op = f.real("bytes_per_op", 0.0, 1e15),
                      .peak_bytes = f.whole("peak_bytes", 0, kMaxOperations),
                      .operations = f.whole("operations", 1, kMaxOperations)}};
}

Event read_heap_recorded(Reader& f) {
  return HeapRecorded{.id = f.text("id"),
                      .operations = f.whole("operations", 1, kMaxHeapOperations),
                      .ns_per_op = f.real("ns_per_op", 0.0, kMaxNsPerOp)};
}

Event read_profiled(Reader& f) {
  return Profiled{.id = f.text("id"),
                  .by = f.text("by", {.least = 1, .most = 20}),
                  .refused = printable(f.text("refused", {.most = 400}), 200),
                  .samples = f.whole("samples", 0, kMaxOperations),
                  .lost = f.whole("lost", 0, kMaxOperations),
                  .throttled = f.whole("throttled", 0, kMaxOperations),
                  .sampled_seconds = f.real("sampled_seconds", json::kAboveZero, 1e6),
                  .p25_ns_per_op = f.real("p25_ns_per_op", json::kAboveZero, kMaxNsPerOp),
                  .mean_ns_per_op = f.real("mean_ns_per_op", json::kAboveZero, kMaxNsPerOp),
                  .sampled_ns_per_op = f.real("sampled_ns_per_op", json::kAboveZero, kMaxNsPerOp)};
}

Event read_failed(Reader& f) {
  Failed failed{.id = f.text("id"),
                .status = f.named<Status>("status"),
                .reason = f.text("reason", {.most = 65'536})};
  if (failed.status != Status::skipped && failed.status != Status::failed) {
    f.note("status", "is neither skipped nor failed");
  }
  return failed;
}

constexpr Kind<Event> kEvents[] = {
    {"hello", read_hello},
    {"listed", read_listed},
    {"calibrated", read_calibrated},
    {"visited", read_visited},
    {"counted_exactly", read_counted_exactly},
    {"counted_allocations", read_counted_allocations},
    {"heap_recorded", read_heap_recorded},
    {"profiled", read_profiled},
    {"failed", read_failed},
};

}  // namespace

Result<Event> decode_event(std::string_view line) { return decode(line, "event", kEvents); }

}  // namespace pulsebench::wire
