#include "pulsebench/baseline/encode_counts.hpp"

#include <charconv>
#include <iterator>
#include <string>
#include <vector>

#include <fmt/format.h>

namespace pulsebench::baseline {
namespace {

using Json = nlohmann::ordered_json;

Json counted_list(const std::vector<Counter>& counters) {
  Json list = Json::array();
  for (const Counter& counter : counters) {
    if (!counter.per_op) continue;
    Json entry{{"name", counter.name},
               {"per_op", rounded(*counter.per_op)},
               {"enabled_ns", counter.enabled_ns},
               {"running_ns", counter.running_ns}};
    if (!counter.source.empty()) entry["source"] = counter.source;
    list.push_back(std::move(entry));
  }
  return list;
}

Json absent_list(const std::vector<Counter>& counters) {
  Json list = Json::array();
  for (const Counter& counter : counters) {
    if (counter.per_op) continue;
    Json* same = nullptr;
    for (Json& entry : list) {
      if (entry["reason"] == counter.reason) same = &entry;
    }
    if (same == nullptr) {
      list.push_back({{"reason", counter.reason}, {"events", Json::array()}});
      same = &list.back();
    }
    (*same)["events"].push_back(counter.name);
  }
  return list;
}

Json exact_object(const ExactCount& exact) {
  if (!exact.instructions_per_op) return {{"reason", exact.reason}};
  Json object{{"instructions_per_op", rounded(*exact.instructions_per_op)},
              {"whole", exact.whole()},
              {"operations", exact.operations},
              {"by", exact.by}};
  if (exact.native_per_op) object["native_per_op"] = rounded(*exact.native_per_op);
  if (exact.d1_misses_per_op) object["d1_misses_per_op"] = rounded(*exact.d1_misses_per_op);
  if (exact.ll_misses_per_op) object["ll_misses_per_op"] = rounded(*exact.ll_misses_per_op);
  return object;
}

Json allocations_object(const Allocations& allocations) {
  if (!allocations.per_op) return {{"reason", allocations.reason}};
  return {{"per_op", rounded(*allocations.per_op)},
          {"bytes_per_op", rounded(allocations.bytes_per_op)},
          {"peak_bytes", allocations.peak_bytes},
          {"operations", allocations.operations}};
}

}  // namespace

double rounded(double value) {
  fmt::memory_buffer text;
  fmt::format_to(std::back_inserter(text), "{:.7g}", value);
  double result = value;
  (void)std::from_chars(text.data(), text.data() + text.size(), result);
  return result;
}

void add_counts(const BenchmarkResult& benchmark, Json& object) {
  if (Json counted = counted_list(benchmark.counters); !counted.empty()) {
    object["counters"] = std::move(counted);
  }
  if (Json absent = absent_list(benchmark.counters); !absent.empty()) {
    object["counters_absent"] = std::move(absent);
  }
  if (benchmark.exact) object["exact"] = exact_object(*benchmark.exact);
  if (benchmark.allocations) object["allocations"] = allocations_object(*benchmark.allocations);
  if (benchmark.max_allocations) object["max_allocations_per_op"] = *benchmark.max_allocations;
}

}  // namespace pulsebench::baseline
