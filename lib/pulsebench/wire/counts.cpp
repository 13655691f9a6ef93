#include "pulsebench/wire/counts.hpp"

#include <limits>

namespace pulsebench::wire {
namespace {

using nlohmann::json;

constexpr std::size_t kMostNames = 1000;
constexpr std::uint64_t kMaxCountedNs = 1'000'000'000'000;
constexpr double kMaxPerOp = 1e15;

}  // namespace

json write_counters(const std::vector<Counter>& counters) {
  json list = json::array();
  for (const Counter& counter : counters) {
    json entry{{"name", counter.name}};
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

std::vector<Counter> read_counters(Fields& f, const char* key) {
  std::vector<Counter> counters;
  if (!f.has(key)) return counters;
  for (const auto& element : f.array(key, kMostNames)) {
    Fields entry{element};
    Counter counter{.name = printable(entry.text("name", 200)), .per_op = std::nullopt};
    if (entry.has("per_op")) {
      counter.per_op = entry.real("per_op", -kMaxPerOp, kMaxPerOp);  // a slope of noise is below 0
      counter.enabled_ns = entry.whole("enabled_ns", 0, kMaxCountedNs);
      counter.running_ns = entry.whole("running_ns", 0, kMaxCountedNs);
      counter.source = printable(entry.text("source", 40));
    } else {
      counter.reason = printable(entry.text("reason", 1000), 400);
    }
    if (!entry.error().empty()) {
      f.wrong(key, "has an entry that is wrong: " + entry.error());
      return {};
    }
    counters.push_back(std::move(counter));
  }
  return counters;
}

std::vector<std::string> read_names(Fields& f, const char* key) {
  std::vector<std::string> names;
  if (!f.has(key)) return names;
  for (const auto& element : f.array(key, kMostNames)) {
    if (!element.is_string()) return f.wrong(key, "is not a list of names"), names;
    names.push_back(element.get<std::string>());
  }
  return names;
}

}  // namespace pulsebench::wire
