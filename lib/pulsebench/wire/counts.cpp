#include "pulsebench/wire/counts.hpp"

#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::wire {
namespace {

constexpr std::size_t kMostNames = 1000;
constexpr std::uint64_t kMaxCountedNs = 1'000'000'000'000;
constexpr double kMaxPerOp = 1e15;

}  // namespace

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

std::vector<Counter> read_counters(json::Reader& f, const char* key) {
  std::vector<Counter> counters;
  if (!f.has(key)) return counters;
  f.each(key, kMostNames, [&](json::Reader& entry) {
    Counter& counter = counters.emplace_back();
    counter.name = printable(entry.text("name", {.most = 200}));
    if (entry.has("per_op")) {
      counter.per_op = entry.real("per_op", -kMaxPerOp, kMaxPerOp);  // a slope of noise is below 0
      counter.enabled_ns = entry.whole("enabled_ns", 0, kMaxCountedNs);
      counter.running_ns = entry.whole("running_ns", 0, kMaxCountedNs);
      counter.source = printable(entry.text("source", {.most = 40}));
    } else {
      counter.reason = printable(entry.text("reason", {.most = 1000}), 400);
    }
  });
  return counters;
}

}  // namespace pulsebench::wire
