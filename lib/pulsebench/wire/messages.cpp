#include "pulsebench/wire/messages.hpp"

#include <algorithm>
#include <optional>

#include "pulsebench/json/reader.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/wire/heap_recording.hpp"
#include "pulsebench/wire/rates.hpp"

namespace pulsebench::wire {
namespace {

using json::Reader;

constexpr double kMaxNsPerOp = 1e13;  // nearly three hours: more than any time limit lets through
constexpr std::uint64_t kMaxOperations = 1ULL << 50U;
constexpr std::uint64_t kMaxNs = 1'000'000'000'000;
constexpr int kMaxSlices = 1'000'000;
constexpr int kMaxThreads = 1'000'000;
constexpr std::size_t kMaxBuckets = 10'000;
constexpr std::size_t kMostNames = 1000;
constexpr double kMaxPerOp = 1e15;

Failure malformed(const std::string& what) {
  return fail(ErrorCode::child_failed, "not a message of the wire protocol: " + what);
}

// ---- requests -------------------------------------------------------------------------------

Request read_calibrate(Reader& f) {
  return Calibrate{.id = f.text("id"),
                   .slice_ns = f.whole("slice_ns", 1, kMaxNs),
                   .visit_ns = f.whole("visit_ns", 1, kMaxNs),
                   .warm_up_ns = f.whole("warm_up_ns", 0, kMaxNs),
                   .min_operations = f.small("min_operations", 1, kMaxSlices),
                   .min_slices = f.small("min_slices", 1, kMaxSlices),
                   .max_slices = f.small("max_slices", 1, kMaxSlices)};
}

std::vector<std::string> read_names(Reader& f) {
  std::vector<std::string> names;
  f.read("counters", names, json::TextBounds{});
  return names;
}

Request read_take_visit(Reader& f) {
  return TakeVisit{.id = f.text("id"),
                   .batching = {.operations = f.whole("operations", 1, kMaxOperations),
                                .slices = f.small("slices", 1, kMaxSlices)},
                   .warm_up_ns = f.whole("warm_up_ns", 0, kMaxNs),
                   .heap_padding = f.whole("heap_padding", 0, 1U << 30U),
                   .inject_percent = f.real("inject_percent", 0.0, 10'000.0),
                   .lock_memory = f.flag("lock_memory"),
                   .counters = read_names(f),
                   .visit_ns = f.has("visit_ns") ? f.whole("visit_ns", 0, kMaxNs) : 0,
                   .watch_each_slice = f.has("watch_each_slice") && f.flag("watch_each_slice")};
}

Request read_count_exactly(Reader& f) {
  return CountExactly{.id = f.text("id"),
                      .operations = f.whole("operations", 1, kMaxOperations),
                      .stepping = f.flag("stepping"),
                      .most_steps = f.whole("most_steps", 0, kMaxOperations),
                      .inject_percent = f.real("inject_percent", 0.0, 10'000.0)};
}

Request read_count_allocations(Reader& f) {
  return CountAllocations{.id = f.text("id"),
                          .operations = f.whole("operations", 1, kMaxOperations)};
}

Request read_record_heap(Reader& f) {
  return RecordHeap{.id = f.text("id"),
                    .operations = f.whole("operations", 1, kMaxHeapOperations),
                    .most_bytes = f.whole("most_bytes", 4096, kMaxHeapBytes),
                    .file = f.text("file")};
}

// ---- events ---------------------------------------------------------------------------------

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

Event read_failed(Reader& f) {
  Failed failed{.id = f.text("id"),
                .status = f.named<Status>("status"),
                .reason = f.text("reason", {.most = 65'536})};
  if (failed.status != Status::skipped && failed.status != Status::failed) {
    f.note("status", "is neither skipped nor failed");
  }
  return failed;
}

// ---- both -----------------------------------------------------------------------------------

template <class Message>
struct Kind {
  const char* name;
  Message (*read)(Reader&);
};

constexpr Kind<Request> kRequests[] = {
    {"list", [](Reader&) -> Request { return List{}; }},
    {"calibrate", read_calibrate},
    {"visit", read_take_visit},
    {"exact", read_count_exactly},
    {"allocations", read_count_allocations},
    {"heap", read_record_heap},
    {"quit", [](Reader&) -> Request { return Quit{}; }},
};

constexpr Kind<Event> kEvents[] = {
    {"hello", read_hello},
    {"listed", read_listed},
    {"calibrated", read_calibrated},
    {"visited", read_visited},
    {"counted_exactly", read_counted_exactly},
    {"counted_allocations", read_counted_allocations},
    {"heap_recorded", read_heap_recorded},
    {"failed", read_failed},
};

template <class Message, std::size_t N>
Result<Message> decode(std::string_view line, const char* key, const Kind<Message> (&kinds)[N]) {
  const auto object = json::Value::parse(line, nullptr, /*allow_exceptions=*/false);
  if (object.is_discarded()) return malformed("'" + printable(line, 60) + "' is not JSON");
  json::Problem problem;
  Reader fields{object, problem};
  const std::string name = fields.text(key, {.most = 60});
  if (problem.noted()) return malformed(problem.text());
  for (const auto& kind : kinds) {
    if (name != kind.name) continue;
    Message message = kind.read(fields);
    if (problem.noted()) return malformed("in '" + name + "', " + problem.text());
    return message;
  }
  return malformed("unknown " + std::string{key} + " '" + printable(name) + "'");
}

}  // namespace

Result<Request> decode_request(std::string_view line) { return decode(line, "request", kRequests); }

Result<Event> decode_event(std::string_view line) { return decode(line, "event", kEvents); }

}  // namespace pulsebench::wire
