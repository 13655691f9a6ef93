#include <algorithm>
#include <iterator>
#include <utility>

#include "pulsebench/load/messages.hpp"
#include "pulsebench/wire/decode.hpp"

namespace pulsebench::load {
namespace {

using json::Reader;
using std::chrono::nanoseconds;

constexpr std::size_t kMaxHeaders = 100;
constexpr json::TextBounds kMaxRequestBody{0, std::size_t{8} << 20U};
constexpr std::uint64_t kMaxBurstNs = 3'600'000'000'000;  // an hour
constexpr std::uint64_t kMaxRequests = 1ULL << 50U;
constexpr std::size_t kMaxBuckets = 40'000;  // more than a histogram has
constexpr double kMaxSeconds = 7200.0;
constexpr double kMaxLatencyNs = kMaxSeconds * 1e9;

Target read_target(Reader& f) {
  Target target;
  const std::string address = f.text("address");
  target.connections = f.small("connections", 1, kMaxConnections);
  target.request.method = f.text("method");
  target.request.path = f.text("path");
  f.each("headers", kMaxHeaders, [&](Reader& header) {
    std::string name = header.text("name");
    target.request.headers.emplace_back(std::move(name), header.text("value"));
  });
  target.request.body = f.text("body", kMaxRequestBody);
  target.status = f.small("status", 200, 599);
  target.body_contains = f.text("body_contains");
  if (f.failed()) return target;
  if (auto parsed = os::parse_local_address(address)) {
    target.address = *std::move(parsed);
  } else {
    f.note("address", "is wrong: " + parsed.error().message);
  }
  return target;
}

Request read_open(Reader& f) {
  Open open;
  f.each("targets", kMaxTargets,
         [&](Reader& target) { open.targets.push_back(read_target(target)); });
  if (open.targets.empty()) f.note("targets", "must not be empty");
  return open;
}

Request read_burst(Reader& f) {
  TakeBurst request;
  request.target = f.whole("target", 0, kMaxTargets - 1);
  request.plan.loop = f.named<Loop>("loop");
  request.plan.length = nanoseconds{f.whole("length_ns", 1, kMaxBurstNs)};
  const double least_rate = request.plan.loop == Loop::open ? 1e-3 : 0.0;
  request.plan.rate = f.real("rate", least_rate, 1e7);
  request.plan.seed = f.whole("seed", 0, 1ULL << 53U);
  request.plan.patience = nanoseconds{f.whole("patience_ns", 0, kMaxBurstNs)};
  return request;
}

Event read_ready(Reader& f) { return Ready{.protocol = f.small("protocol", 0, 1'000'000)}; }

void read_latencies(Reader& f, Latencies& latencies) {
  const auto ns = f.reals("latency_ns", 0.0, kMaxLatencyNs);
  const auto counts = f.wholes("latency_counts", kMaxBuckets, kMaxRequests);
  if (f.failed()) return;
  if (ns.size() != counts.size()) return f.note("latency_counts", "must have one count a latency");
  if (!std::ranges::is_sorted(ns)) return f.note("latency_ns", "must ascend");
  for (std::size_t i = 0; i < ns.size(); ++i) latencies.push_back({ns[i], counts[i]});
}

Event read_burst_taken(Reader& f) {
  BurstTaken event;
  event.requests = f.whole("requests", 0, kMaxRequests);
  event.errors = f.whole("errors", 0, kMaxRequests);
  event.error = printable(f.text("error"));
  event.seconds = f.real("seconds", 0.0, kMaxSeconds);
  event.slices_ns = f.reals("slices_ns", 0.0, kMaxLatencyNs);
  event.mean_ns = f.real("mean_ns", 0.0, kMaxLatencyNs);
  event.p50_ns = f.real("p50_ns", 0.0, kMaxLatencyNs);
  event.p90_ns = f.real("p90_ns", 0.0, kMaxLatencyNs);
  event.p99_ns = f.real("p99_ns", 0.0, kMaxLatencyNs);
  event.p999_ns = f.real("p999_ns", 0.0, kMaxLatencyNs);
  event.longest_ns = f.real("longest_ns", 0.0, kMaxLatencyNs);
  event.late = f.whole("late", 0, kMaxRequests);
  event.queued = f.whole("queued", 0, kMaxRequests);
  event.reconnections = f.whole("reconnections", 0, kMaxRequests);
  read_latencies(f, event.latencies);
  if (event.errors > event.requests) f.note("errors", "must not exceed the requests");
  return event;
}

constexpr wire::Kind<Request> kRequests[] = {
    {"open", read_open},
    {"burst", read_burst},
    {"quit", [](Reader&) -> Request { return Quit{}; }},
};

constexpr wire::Kind<Event> kEventKinds[] = {
    {"ready", read_ready},
    {"opened", [](Reader&) -> Event { return Opened{}; }},
    {"burst", read_burst_taken},
    {"refused",
     [](Reader& f) -> Event { return Refused{.reason = printable(f.text("reason"), 500)}; }},
};

}  // namespace

Result<Request> decode_request(std::string_view line) {
  return wire::decode(line, "request", kRequests);
}

Result<Event> decode_event(std::string_view line) {
  return wire::decode(line, "event", kEventKinds);
}

}  // namespace pulsebench::load
