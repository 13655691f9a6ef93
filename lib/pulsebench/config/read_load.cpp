#include "pulsebench/config/read_load.hpp"

#include <fmt/format.h>

#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::config {
namespace {

using json::Bounds;
using json::kPrintable;
using json::Reader;

constexpr Bounds kWaiting{1, 600'000};  // ms

void read_milliseconds(Reader& fields, const char* key, std::chrono::milliseconds& target) {
  double count = static_cast<double>(target.count());
  fields.read(key, count, kWaiting);
  target = std::chrono::milliseconds{static_cast<std::int64_t>(count)};
}

/// A readiness is written by its kind: {"http": URL}, {"tcp": ADDRESS} or {"unix": PATH}.
void read_ready(Reader& service, LoadEntry& load) {
  auto ready = service.child("ready");
  if (!ready) return service.note("ready", "is missing: how the server shows that it is ready");
  ready->know_only({"http", "tcp", "unix", "within_ms"});
  int kinds = 0;
  for (const auto& [key, before] : {std::pair{"http", ""}, {"tcp", "tcp://"}, {"unix", "unix:"}}) {
    if (!ready->has(key)) continue;
    load.ready = before + ready->text(key, kPrintable);
    ++kinds;
  }
  if (kinds != 1) ready->note("", "must have one of http, tcp and unix");
  read_milliseconds(*ready, "within_ms", load.ready_within);
}

void read_stop(Reader& service, LoadEntry& load) {
  auto stop = service.child("stop");
  if (!stop) return;
  stop->know_only({"signal", "within_ms"});
  stop->read("signal", load.stop_signal, kPrintable);
  read_milliseconds(*stop, "within_ms", load.stop_within);
}

void read_service(Reader& workload, LoadEntry& load) {
  auto service = workload.child("service");
  if (!service) {
    workload.require("service");
    return;
  }
  service->know_only(
      {"command", "environment", "working_directory", "ready", "stop", "fresh_every_blocks"});
  read_ready(*service, load);
  read_stop(*service, load);
  service->read("fresh_every_blocks", load.fresh_every_blocks, Bounds{1, 100'000});
}

void read_request(Reader& workload, LoadEntry& load) {
  auto request = workload.child("request");
  if (!request) return;
  request->know_only({"address", "method", "path", "headers", "body", "body_file"});
  request->read("address", load.address, kPrintable);
  request->read("method", load.method, kPrintable);
  request->read("path", load.path, kPrintable);
  request->read("body", load.body, json::TextBounds{0, std::size_t{1} << 20U});
  request->read("body_file", load.body_file, kPrintable);
  if (request->has("body") && request->has("body_file")) {
    request->note("body_file", "must not stand beside body");
  }
  auto headers = request->child("headers");
  if (!headers || !headers->value().is_object()) return;
  for (const auto& [name, unused] : headers->value().items()) {
    load.headers.emplace_back(name, headers->text(name.c_str(), kPrintable));
  }
}

void read_limit(Reader& targets, const char* key, std::optional<double>& limit, Bounds bounds) {
  if (targets.has(key)) targets.read(key, limit.emplace(), bounds);
}

void read_limits(Reader& workload, LoadEntry& load) {
  auto targets = workload.child("targets");
  if (!targets) return;
  targets->know_only({"p99_ms", "error_rate", "max_rss_mb"});
  read_limit(*targets, "p99_ms", load.p99_ms, {1e-3, 1e6});
  read_limit(*targets, "error_rate", load.error_rate, {1e-6, 1.0});
  read_limit(*targets, "max_rss_mb", load.max_rss_mb, {1e-3, 1e9});
}

}  // namespace

void read_load(Reader& workload, LoadEntry& load) {
  read_service(workload, load);
  read_request(workload, load);
  if (workload.require("profiles") != nullptr) {
    workload.read("profiles", load.profiles, json::TextBounds{1, 40, true});
    if (load.profiles.empty()) workload.note("profiles", "is empty");
  }
  read_limits(workload, load);
  if (auto expected = workload.child("expect")) {
    expected->know_only({"status", "body_contains"});
    expected->read("status", load.status, Bounds{200, 599});
    expected->read("body_contains", load.body_contains, json::TextBounds{0, 4096});
  }
}

}  // namespace pulsebench::config
