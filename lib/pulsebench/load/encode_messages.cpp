#include <utility>

#include "pulsebench/json/reader.hpp"
#include "pulsebench/json/write.hpp"
#include "pulsebench/load/messages.hpp"

namespace pulsebench::load {
namespace {

json::Value object_of(const Target& target) {
  json::Value headers = json::Value::array();
  for (const auto& [name, value] : target.request.headers) {
    headers.push_back({{"name", name}, {"value", value}});
  }
  return {{"address", os::text_of(target.address)},
          {"connections", target.connections},
          {"method", target.request.method},
          {"path", target.request.path},
          {"headers", std::move(headers)},
          {"body", target.request.body},
          {"status", target.status},
          {"body_contains", target.body_contains}};
}

json::Value object_of(const Open& request) {
  json::Value targets = json::Value::array();
  for (const Target& target : request.targets) targets.push_back(object_of(target));
  return {{"request", "open"}, {"targets", std::move(targets)}};
}

json::Value object_of(const TakeBurst& request) {
  return {{"request", "burst"},
          {"target", request.target},
          {"loop", name_of(request.plan.loop)},
          {"length_ns", request.plan.length.count()},
          {"rate", request.plan.rate},
          {"seed", request.plan.seed},
          {"patience_ns", request.plan.patience.count()}};
}

json::Value object_of(const Quit&) { return {{"request", "quit"}}; }

json::Value object_of(const Ready& event) {
  return {{"event", "ready"}, {"protocol", event.protocol}};
}

json::Value object_of(const Opened&) { return {{"event", "opened"}}; }

json::Value object_of(const BurstTaken& event) {
  json::Value ns = json::Value::array();
  json::Value counts = json::Value::array();
  for (const LatencyBucket& bucket : event.latencies) {
    ns.push_back(bucket.ns);
    counts.push_back(bucket.count);
  }
  return {{"event", "burst"},
          {"requests", event.requests},
          {"errors", event.errors},
          {"error", event.error},
          {"seconds", event.seconds},
          {"slices_ns", event.slices_ns},
          {"mean_ns", event.mean_ns},
          {"p50_ns", event.p50_ns},
          {"p90_ns", event.p90_ns},
          {"p99_ns", event.p99_ns},
          {"p999_ns", event.p999_ns},
          {"longest_ns", event.longest_ns},
          {"late", event.late},
          {"queued", event.queued},
          {"reconnections", event.reconnections},
          {"latency_ns", std::move(ns)},
          {"latency_counts", std::move(counts)}};
}

json::Value object_of(const Refused& event) {
  return {{"event", "refused"}, {"reason", event.reason}};
}

}  // namespace

std::string encode(const Request& request) {
  return std::visit([](const auto& one) { return json::line_text(object_of(one)); }, request);
}

std::string encode(const Event& event) {
  return std::visit([](const auto& one) { return json::line_text(object_of(one)); }, event);
}

BurstTaken summarize(const Burst& burst) {
  const Histogram& latencies = burst.latencies;
  return {.requests = burst.requests,
          .errors = burst.errors,
          .error = burst.error,
          .seconds = burst.seconds,
          .slices_ns = burst.slices_ns,
          .mean_ns = latencies.mean_ns(),
          .p50_ns = latencies.quantile_ns(0.5),
          .p90_ns = latencies.quantile_ns(0.9),
          .p99_ns = latencies.quantile_ns(0.99),
          .p999_ns = latencies.quantile_ns(0.999),
          .longest_ns = latencies.longest_ns(),
          .late = burst.late,
          .queued = burst.queued,
          .reconnections = burst.reconnections,
          .latencies = latencies.latencies()};
}

}  // namespace pulsebench::load
