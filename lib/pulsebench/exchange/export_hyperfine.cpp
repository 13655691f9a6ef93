#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "pulsebench/exchange/exporters.hpp"
#include "pulsebench/json/write.hpp"
#include "pulsebench/stats/quantile.hpp"
#include "pulsebench/stats/spread.hpp"

namespace pulsebench::exchange {
namespace {

using Json = nlohmann::ordered_json;
using baseline::BenchmarkResult;

constexpr double kSecond = 1e9;  // ns

/// The metrics of each workload, by their names.
using Workloads = std::map<std::string, std::map<std::string, const BenchmarkResult*>>;

std::string workload_of(const BenchmarkInfo& info) {
  const std::string& id = info.id.text();
  return info.metric ? id.substr(0, id.size() - info.metric->name.size() - 1) : id;
}

std::vector<double> seconds_of(const BenchmarkResult& result) {
  std::vector<double> seconds;
  for (const double ns : result.launches.p25) seconds.push_back(ns / kSecond);
  if (seconds.empty()) seconds.push_back(result.value->value / kSecond);
  return seconds;
}

/// What it takes is `time`; the other metrics of the workload stand beside it.
Json result_of(const BenchmarkResult& time,
               const std::map<std::string, const BenchmarkResult*>& metrics) {
  const std::vector<double> seconds = seconds_of(time);
  const auto [least, greatest] = std::ranges::minmax(seconds);
  Json json{{"command", workload_of(time.info)}, {"mean", stats::mean(seconds)}};
  if (seconds.size() > 1) json["stddev"] = stats::standard_deviation(seconds);
  json["median"] = stats::median(seconds);
  for (const char* name : {"user", "system"}) {
    const auto found = metrics.find(name);
    if (found != metrics.end()) json[name] = stats::mean(seconds_of(*found->second));
  }
  json["min"] = least;
  json["max"] = greatest;
  json["times"] = seconds;
  const auto memory = metrics.find("max_rss");
  if (memory != metrics.end()) json["memory_usage_byte"] = memory->second->launches.p25;
  json["exit_codes"] = std::vector<int>(seconds.size(), 0);
  return json;
}

}  // namespace

/// The document of `--export-json`, in seconds: the wall time of commands, and the time of an
/// operation of benchmarks. Metrics that hyperfine does not know are left out.
std::string write_hyperfine(const baseline::Document& document) {
  Workloads workloads;
  for (const BenchmarkResult& result : document.benchmarks) {
    if (!is_exported(result) || !result.info.metric) continue;
    workloads[workload_of(result.info)][result.info.metric->name] = &result;
  }
  Json results = Json::array();
  for (const BenchmarkResult& result : document.benchmarks) {
    if (!is_exported(result)) continue;
    const auto& metric = result.info.metric;
    if (metric && metric->name != "wall") continue;
    results.push_back(result_of(result, workloads[workload_of(result.info)]));
  }
  return json::document_text(Json{{"results", std::move(results)}});
}

}  // namespace pulsebench::exchange
