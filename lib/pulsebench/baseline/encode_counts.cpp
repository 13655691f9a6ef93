#include "pulsebench/baseline/encode_counts.hpp"

#include <charconv>
#include <iterator>
#include <string>
#include <vector>

#include <fmt/format.h>

namespace pulsebench::baseline {
namespace {

using json = nlohmann::ordered_json;

json counted_list(const std::vector<Counter>& counters) {
  json list = json::array();
  for (const Counter& counter : counters) {
    if (!counter.per_op) continue;
    json entry{{"name", counter.name},
               {"per_op", rounded(*counter.per_op)},
               {"enabled_ns", counter.enabled_ns},
               {"running_ns", counter.running_ns}};
    if (!counter.source.empty()) entry["source"] = counter.source;
    list.push_back(std::move(entry));
  }
  return list;
}

json absent_list(const std::vector<Counter>& counters) {
  json list = json::array();
  for (const Counter& counter : counters) {
    if (counter.per_op) continue;
    json* same = nullptr;
    for (json& entry : list) {
      if (entry["reason"] == counter.reason) same = &entry;
    }
    if (same == nullptr) {
      list.push_back({{"reason", counter.reason}, {"events", json::array()}});
      same = &list.back();
    }
    (*same)["events"].push_back(counter.name);
  }
  return list;
}

}  // namespace

double rounded(double value) {
  fmt::memory_buffer text;
  fmt::format_to(std::back_inserter(text), "{:.7g}", value);
  double result = value;
  (void)std::from_chars(text.data(), text.data() + text.size(), result);
  return result;
}

void add_counts(const BenchmarkResult& benchmark, json& object) {
  if (json counted = counted_list(benchmark.counters); !counted.empty()) {
    object["counters"] = std::move(counted);
  }
  if (json absent = absent_list(benchmark.counters); !absent.empty()) {
    object["counters_absent"] = std::move(absent);
  }
}

}  // namespace pulsebench::baseline
