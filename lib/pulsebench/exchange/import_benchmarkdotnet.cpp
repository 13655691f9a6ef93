#include <map>
#include <string>
#include <utility>
#include <vector>

#include "pulsebench/exchange/foreign.hpp"
#include "pulsebench/exchange/json_text.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::exchange {
namespace {

constexpr double kMostMeasuredNs = 1e18;

/// Of the stage `Result` alone: `Actual` contains the overhead, and `Pilot` and `Warmup` share the
/// list. Each `LaunchIndex` is a process.
void read_measurements(json::Reader& entry, ForeignBenchmark& benchmark) {
  std::map<int, std::vector<double>> launches;
  std::map<int, std::uint64_t> operations;
  entry.each("Measurements", kMostSamples, [&](json::Reader& measured) {
    const json::Value& value = measured.value();
    const bool is_result = text_at(value, "IterationMode") == "Workload" &&
                           text_at(value, "IterationStage") == "Result";
    if (!is_result) return;
    const int launch = measured.small("LaunchIndex", 0, 1'000'000);
    const double count = measured.real("Operations", 1.0, 1e18);
    launches[launch].push_back(measured.real("Nanoseconds", 0.0, kMostMeasuredNs) / count);
    operations[launch] = static_cast<std::uint64_t>(count);
  });
  for (auto& [launch, ns] : launches) benchmark.visits.push_back(visit_of(ns, operations[launch]));
}

ForeignBenchmark read_case(json::Reader& entry) {
  ForeignBenchmark benchmark{.name = entry.text("FullName")};
  if (!is_given(entry, "Statistics")) {
    benchmark.outcome = {Status::failed, "it has no statistics"};
    return benchmark;
  }
  if (is_given(entry, "Measurements")) read_measurements(entry, benchmark);
  if (benchmark.visits.empty() && !entry.failed()) {
    auto statistics = *entry.child("Statistics");
    benchmark.aggregate = {.figure = "median", .count = statistics.whole("N", 1, 1ULL << 60U)};
    benchmark.aggregate_ns = statistics.real("Median", 0.0, kMostMeasuredNs);
  }
  const json::Value& memory = object_at(entry.value(), "Memory");
  if (const auto bytes = memory.find("BytesAllocatedPerOperation");
      bytes != memory.end() && bytes->is_number() && *bytes >= 0 && *bytes <= 1e15) {
    benchmark.counters.push_back({.name = "bytes-allocated", .per_op = bytes->get<double>()});
  }
  return benchmark;
}

}  // namespace

Result<ForeignReport> read_benchmarkdotnet(const Source& source) {
  PB_TRY(const auto document, parse_source(source));
  json::Problem problem;
  json::Reader top{document, problem};
  const json::Value& host = object_at(document, "HostEnvironmentInfo");
  ForeignReport report{.tool_version = text_at(host, "BenchmarkDotNetVersion"),
                       .facts = {{"cpu", text_at(host, "ProcessorName")},
                                 {"os", text_at(host, "OsVersion")},
                                 {"runtime", text_at(host, "RuntimeVersion")}}};
  top.each("Benchmarks", kMostBenchmarks,
           [&](json::Reader& entry) { report.benchmarks.push_back(read_case(entry)); });
  if (problem.noted()) return problem.in(source.name);
  return report;
}

}  // namespace pulsebench::exchange
