#include "pulsebench/wire/messages.hpp"

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "pulsebench/wire/counts.hpp"
#include "pulsebench/wire/fields.hpp"
#include "pulsebench/wire/rates.hpp"

namespace pulsebench::wire {
namespace {

using nlohmann::json;

constexpr double kMaxNsPerOp = 1e13;  // nearly three hours: more than any time limit lets through
constexpr std::uint64_t kMaxOperations = 1ULL << 50U;
constexpr std::uint64_t kMaxNs = 1'000'000'000'000;
constexpr int kMaxSlices = 1'000'000;
constexpr int kMaxThreads = 1'000'000;
constexpr std::size_t kMaxBuckets = 10'000;

Failure malformed(const std::string& what) {
  return fail(ErrorCode::child_failed, "not a message of the wire protocol: " + what);
}

// ---- requests -------------------------------------------------------------------------------

Request read_calibrate(Fields& f) {
  return Calibrate{.id = f.text("id"),
                   .slice_ns = f.whole("slice_ns", 1, kMaxNs),
                   .visit_ns = f.whole("visit_ns", 1, kMaxNs),
                   .warm_up_ns = f.whole("warm_up_ns", 0, kMaxNs),
                   .min_operations = f.small("min_operations", 1, kMaxSlices),
                   .min_slices = f.small("min_slices", 1, kMaxSlices),
                   .max_slices = f.small("max_slices", 1, kMaxSlices)};
}

Request read_take_visit(Fields& f) {
  return TakeVisit{.id = f.text("id"),
                   .batching = {.operations = f.whole("operations", 1, kMaxOperations),
                                .slices = f.small("slices", 1, kMaxSlices)},
                   .warm_up_ns = f.whole("warm_up_ns", 0, kMaxNs),
                   .heap_padding = f.whole("heap_padding", 0, 1U << 30U),
                   .inject_percent = f.real("inject_percent", 0.0, 10'000.0),
                   .lock_memory = f.flag("lock_memory"),
                   .counters = read_names(f, "counters"),
                   .visit_ns = f.has("visit_ns") ? f.whole("visit_ns", 0, kMaxNs) : 0,
                   .watch_each_slice = f.has("watch_each_slice") && f.flag("watch_each_slice")};
}

Request read_count_exactly(Fields& f) {
  return CountExactly{.id = f.text("id"),
                      .operations = f.whole("operations", 1, kMaxOperations),
                      .stepping = f.flag("stepping"),
                      .most_steps = f.whole("most_steps", 0, kMaxOperations),
                      .inject_percent = f.real("inject_percent", 0.0, 10'000.0)};
}

Request read_count_allocations(Fields& f) {
  return CountAllocations{.id = f.text("id"),
                          .operations = f.whole("operations", 1, kMaxOperations)};
}

// ---- events ---------------------------------------------------------------------------------

constexpr std::pair<Status, const char*> kFailures[] = {{Status::skipped, "skipped"},
                                                        {Status::failed, "failed"}};

/// Appends to `listed`, or leaves the first error in `f`.
void read_info(Fields& f, const json& element, Listed& listed) {
  Fields entry{element};
  const auto id = BenchmarkId::parse(entry.text("id"));
  const int tier = entry.small("tier", 0, 3);
  const std::string role = entry.text("role");
  const int version = entry.small("version", 1, 1'000'000);
  const int threads = entry.small("threads", 1, kMaxThreads);
  if (role != "operation" && role != "floor") entry.wrong("role", "is neither operation nor floor");
  if (!id) entry.wrong("", id.error().message);
  if (!entry.error().empty())
    return f.wrong("benchmarks", "has an entry that is wrong: " + entry.error());
  listed.benchmarks.push_back({.id = *id,
                               .tier = static_cast<Tier>(tier),
                               .role = role == "floor" ? Role::floor : Role::operation,
                               .version = version,
                               .threads = threads});
}

Event read_listed(Fields& f) {
  Listed listed;
  for (const auto& element : f.array("benchmarks", 100'000)) read_info(f, element, listed);
  return listed;
}

Event read_hello(Fields& f) {
  Hello hello{
      .protocol = f.small("protocol", 0, 1'000'000), .suite = f.text("suite", 200), .build = {}};
  for (const auto& element : f.array("build", 100)) {
    Fields fact{element};
    hello.build.emplace_back(fact.text("name", 200), fact.text("value"));
    if (!fact.error().empty()) f.wrong("build", "has an entry that is wrong: " + fact.error());
  }
  return hello;
}

Event read_calibrated(Fields& f) {
  return Calibrated{.id = f.text("id"),
                    .batching = {.operations = f.whole("operations", 1, kMaxOperations),
                                 .slices = f.small("slices", 1, kMaxSlices)},
                    .ns_per_op = f.real("ns_per_op", 0.0, kMaxNsPerOp),
                    .empty_loop_ns_per_op = f.real("empty_loop_ns_per_op", 0.0, kMaxNsPerOp),
                    .measured_nothing = f.flag("measured_nothing")};
}

Latencies read_latencies(Fields& f) {
  Latencies latencies;
  if (!f.has("latency_ns")) return latencies;
  const auto ns = f.reals("latency_ns", 0.0, kMaxNsPerOp);
  const auto counts = f.optional_wholes("latency_counts", kMaxBuckets, kMaxOperations);
  if (counts.size() != ns.size()) f.wrong("latency_counts", "has another length than 'latency_ns'");
  if (!std::is_sorted(ns.begin(), ns.end())) f.wrong("latency_ns", "does not ascend");
  if (!f.error().empty()) return latencies;
  for (std::size_t i = 0; i < ns.size(); ++i) latencies.push_back({ns[i], counts[i]});
  return latencies;
}

std::optional<double> read_amount(Fields& f, const char* key) {
  if (!f.has(key)) return std::nullopt;
  return f.real(key, kLeastProcessed, kMostProcessed);
}

Event read_visited(Fields& f) {
  Visited visited{.id = f.text("id"), .visit = {}};
  visited.visit.operations = f.whole("operations", 1, kMaxOperations);
  const auto wall = f.reals("ns_per_op", std::numeric_limits<double>::min(), kMaxNsPerOp);
  const auto cpu = f.reals("cpu_ns_per_op", 0.0, kMaxNsPerOp);
  const auto& causes = f.array("disturbances");
  visited.visit.reference_ns = f.real("reference_ns", std::numeric_limits<double>::min(), 1e12);
  visited.visit.seconds = f.real("seconds", 0.0, 1e6);
  visited.visit.disturbances =
      static_cast<std::uint32_t>(f.whole("visit_disturbances", 0, 0xFFFFFFFFU));
  visited.visit.counters = read_counters(f, "counters");
  visited.memory_unlocked = f.text("memory_unlocked", 200);
  visited.visit.thread_operations =
      f.optional_wholes("thread_operations", kMaxThreads, kMaxOperations);
  visited.visit.latencies = read_latencies(f);
  visited.visit.processed = {.bytes = read_amount(f, "bytes_processed_per_op"),
                             .items = read_amount(f, "items_processed_per_op")};
  if (f.has("label")) visited.visit.label = f.text("label", kMaxLabel);
  if (f.has("empty_loop_ns")) {
    visited.visit.empty_loop_ns =
        f.real("empty_loop_ns", std::numeric_limits<double>::min(), kMaxNsPerOp);
  }
  if (wall.empty()) f.wrong("ns_per_op", "is empty");
  if (cpu.size() != wall.size()) f.wrong("cpu_ns_per_op", "has another length than 'ns_per_op'");
  if (causes.size() != wall.size()) f.wrong("disturbances", "has another length than 'ns_per_op'");
  if (!f.error().empty()) return visited;
  for (std::size_t i = 0; i < wall.size(); ++i) {
    if (!causes[i].is_number_unsigned() || causes[i].get<std::uint64_t>() > 0xFFFFFFFFU) {
      f.wrong("disturbances", "is not a list of bit sets");
      return visited;
    }
    visited.visit.slices.push_back({.ns_per_op = wall[i],
                                    .cpu_ns_per_op = cpu[i],
                                    .disturbances = causes[i].get<std::uint32_t>()});
  }
  return visited;
}

Event read_counted_exactly(Fields& f) {
  return CountedExactly{.id = f.text("id"),
                        .once = f.whole("once", 0, kMaxOperations),
                        .twice = f.whole("twice", 0, kMaxOperations)};
}

Event read_counted_allocations(Fields& f) {
  return CountedAllocations{
      .id = f.text("id"),
      .allocations = {.per_op = f.real("per_op", 0.0, 1e12),
                      .bytes_per_op = f.real("bytes_per_op", 0.0, 1e15),
                      .peak_bytes = f.whole("peak_bytes", 0, kMaxOperations),
                      .operations = f.whole("operations", 1, kMaxOperations)}};
}

Event read_failed(Fields& f) {
  Failed failed{.id = f.text("id"), .status = Status::failed, .reason = f.text("reason", 65'536)};
  const std::string status = f.text("status");
  bool known = false;
  for (const auto& [value, name] : kFailures) {
    if (status == name) failed.status = value, known = true;
  }
  if (!known) f.wrong("status", "is neither skipped nor failed");
  return failed;
}

// ---- both -----------------------------------------------------------------------------------

template <class Message>
struct Kind {
  const char* name;
  Message (*read)(Fields&);
};

constexpr Kind<Request> kRequests[] = {
    {"list", [](Fields&) -> Request { return List{}; }},
    {"calibrate", read_calibrate},
    {"visit", read_take_visit},
    {"exact", read_count_exactly},
    {"allocations", read_count_allocations},
    {"quit", [](Fields&) -> Request { return Quit{}; }},
};

constexpr Kind<Event> kEvents[] = {
    {"hello", read_hello},
    {"listed", read_listed},
    {"calibrated", read_calibrated},
    {"visited", read_visited},
    {"counted_exactly", read_counted_exactly},
    {"counted_allocations", read_counted_allocations},
    {"failed", read_failed},
};

template <class Message, std::size_t N>
Result<Message> decode(std::string_view line, const char* key, const Kind<Message> (&kinds)[N]) {
  const json object = json::parse(line, nullptr, /*allow_exceptions=*/false);
  if (object.is_discarded()) return malformed("'" + printable(line, 60) + "' is not JSON");
  Fields fields{object};
  const std::string name = fields.text(key, 60);
  if (!fields.error().empty()) return malformed(fields.error());
  for (const auto& kind : kinds) {
    if (name != kind.name) continue;
    Message message = kind.read(fields);
    if (!fields.error().empty()) return malformed("in '" + name + "', " + fields.error());
    return message;
  }
  return malformed("unknown " + std::string{key} + " '" + printable(name) + "'");
}

}  // namespace

Result<Request> decode_request(std::string_view line) { return decode(line, "request", kRequests); }

Result<Event> decode_event(std::string_view line) { return decode(line, "event", kEvents); }

}  // namespace pulsebench::wire
