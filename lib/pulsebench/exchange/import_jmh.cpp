#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "pulsebench/exchange/foreign.hpp"
#include "pulsebench/exchange/json_text.hpp"
#include "pulsebench/exchange/time_units.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::exchange {
namespace {

constexpr double kNoScore = std::numeric_limits<double>::quiet_NaN();

/// What a score is: a time of an operation ("us/op"), or operations in a time ("ops/us"), which all
/// threads do together.
struct ScoreUnit {
  double ns = 0.0;  ///< of the unit of time; 0: it is none
  bool is_rate = false;
  int threads = 1;

  [[nodiscard]] double ns_of(double score) const {
    return is_rate ? ns * threads / score : score * ns;
  }
};

ScoreUnit score_unit(const std::string& text, int threads) {
  if (text.starts_with("ops/")) return {ns_in_unit(text.substr(4)), true, threads};
  const bool is_time = text.ends_with("/op");
  return {is_time ? ns_in_unit(text.substr(0, text.size() - 3)) : 0.0, false, threads};
}

/// A score that is no number stands as a text: "NaN".
double score_of(const json::Value& value) {
  return value.is_number() ? value.get<double>() : kNoScore;
}

/// The mean of an iteration in mode `sample`, whose times are pairs of a time and how often it was.
double mean_of_histogram(const json::Value& pairs) {
  double sum = 0.0, count = 0.0;
  for (const json::Value& pair : pairs) {
    if (!pair.is_array() || pair.size() != 2) return kNoScore;
    const double times = score_of(pair[1]);
    sum += score_of(pair[0]) * times;
    count += times;
  }
  return count > 0.0 ? sum / count : kNoScore;
}

/// A fork is a process, its iterations are slices.
void read_forks(json::Reader& metric, const ScoreUnit& unit, ForeignBenchmark& benchmark) {
  const bool histogram = !is_given(metric, "rawData");
  const json::Value& forks = metric.list(histogram ? "rawDataHistogram" : "rawData");
  for (const json::Value& fork : forks) {
    if (!fork.is_array()) return metric.note("rawData", "must be a list of lists");
    std::vector<double> ns;
    for (const json::Value& iteration : fork) {
      const double score = histogram ? mean_of_histogram(iteration) : score_of(iteration);
      ns.push_back(unit.ns_of(score));
    }
    benchmark.visits.push_back(visit_of(ns));
  }
}

/// One benchmark is there once for each mode, number of threads and set of parameters.
std::string key_of(const std::string& name, const json::Value& entry, int threads) {
  std::string key = name + "/" + text_at(entry, "mode");
  for (const auto& [parameter, value] : object_at(entry, "params").items()) {
    if (value.is_string()) key += "/" + parameter + "=" + value.get<std::string>();
  }
  return threads > 1 ? key + "/threads:" + std::to_string(threads) : key;
}

ForeignBenchmark read_entry(json::Reader& entry) {
  ForeignBenchmark benchmark{.name = entry.text("benchmark")};
  benchmark.threads = entry.has("threads") ? entry.small("threads", 1, 1'000'000) : 1;
  auto metric = entry.child("primaryMetric");
  if (!metric) {
    entry.note("primaryMetric", "is missing");
    return benchmark;
  }
  const std::string unit_text = metric->text("scoreUnit");
  if (entry.failed()) return benchmark;
  benchmark.key = key_of(benchmark.name, entry.value(), benchmark.threads);
  const ScoreUnit unit = score_unit(unit_text, benchmark.threads);
  if (unit.ns == 0.0) {
    benchmark.outcome = {Status::failed, "its score is in '" + unit_text + "', which is no time"};
    return benchmark;
  }
  read_forks(*metric, unit, benchmark);
  return benchmark;
}

}  // namespace

Result<ForeignReport> read_jmh(const Source& source) {
  PB_TRY(const auto document, parse_source(source));
  if (!document.is_array()) return wrong_source(source, "it is not the list that JMH writes");
  ForeignReport report;
  json::Problem problem;
  for (std::size_t i = 0; i < document.size(); ++i) {
    json::Reader entry{document[i], problem, "[" + std::to_string(i) + "]"};
    report.benchmarks.push_back(read_entry(entry));
    if (problem.noted()) return problem.in(source.name);
    if (i == 0) report.tool_version = text_at(document[i], "jmhVersion");
    if (i == 0)
      report.facts = {{"jvm", text_at(document[i], "vmName")},
                      {"jdk", text_at(document[i], "jdkVersion")}};
  }
  return report;
}

}  // namespace pulsebench::exchange
