#include "pulsebench/exchange/document_of.hpp"

#include <fmt/format.h>

#include <cmath>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "pulsebench/baseline/summarize.hpp"
#include "pulsebench/exchange/foreign_name.hpp"
#include "pulsebench/os/sha256.hpp"
#include "pulsebench/stats/quantile.hpp"
#include "pulsebench/stats/spread.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::exchange {
namespace {

using baseline::BenchmarkResult;

constexpr double kLevel = 0.99;
constexpr std::size_t kLongestText = 400;
constexpr std::size_t kFewestForQuantiles = 8;  // of fewer samples, 101 quantiles say nothing

Failure refuse(const Source& source, const std::string& fact) {
  return fail(ErrorCode::bad_input, printable(source.name, 200) + ": " + fact);
}

bool is_time(double ns) { return std::isfinite(ns) && ns >= kLeastNs && ns <= kMostNs; }

/// Makes a benchmark that has a time which is none one that failed and has no times.
void check_times(ForeignBenchmark& benchmark) {
  bool good = !benchmark.aggregate || is_time(benchmark.aggregate_ns);
  bool any = benchmark.aggregate.has_value();
  for (const Visit& visit : benchmark.visits) {
    for (const Slice& slice : visit.slices) {
      any = true;
      good = good && is_time(slice.ns_per_op) && slice.cpu_ns_per_op >= 0.0 &&
             slice.cpu_ns_per_op <= kMostNs;
    }
  }
  if (good && (any || benchmark.outcome.status != Status::ok)) return;
  if (benchmark.outcome.status == Status::ok) {
    benchmark.outcome = any ? Outcome{Status::failed, "a time of it is not a time above zero"}
                            : Outcome{Status::not_measured, "the file has no time of it"};
  }
  benchmark.visits.clear();
  benchmark.aggregate.reset();
}

/// Of the launches' medians: what the tool itself would say.
void set_value(BenchmarkResult& result) {
  const std::vector<double> medians = stats::sorted(result.launches.median);
  result.value.reset();
  result.interval.reset();
  result.robust_cv.reset();
  if (medians.empty()) return;
  result.value = Cost{stats::quantile(medians, 0.5)};
  if (medians.size() < 2) return;
  result.robust_cv = Percent{100.0 * stats::robust_cv(medians)};
  if (const auto interval = stats::median_interval(medians, kLevel)) {
    result.interval = baseline::Interval{interval->low, interval->high, kLevel};
  }
}

BenchmarkResult result_of(ForeignBenchmark foreign, BenchmarkId id, std::string_view tool) {
  check_times(foreign);
  foreign.outcome.reason = printable(foreign.outcome.reason, kLongestText);
  for (std::size_t i = 0; i < foreign.visits.size(); ++i) {
    foreign.visits[i].launch = static_cast<int>(i);
  }
  Measured measured{.info = {.id = std::move(id), .tier = Tier::system}};
  measured.info.threads = foreign.threads;
  measured.info.tier_declared = false;
  measured.suite = tool;
  measured.outcome = std::move(foreign.outcome);
  measured.launches_asked = static_cast<int>(foreign.visits.size());
  measured.visits = std::move(foreign.visits);
  if (!measured.visits.empty()) {
    measured.batching = {.operations = measured.visits.front().operations,
                         .slices = static_cast<int>(measured.visits.front().slices.size())};
  }
  std::size_t samples = 0;
  for (const Visit& visit : measured.visits) samples += visit.slices.size();
  BenchmarkResult result = baseline::summarize(measured);
  if (samples < kFewestForQuantiles) result.quantiles.clear();
  set_value(result);
  if (foreign.aggregate) {
    result.outcome = measured.outcome;  // for want of launches, it would not be measured
    result.value = Cost{foreign.aggregate_ns};
    result.aggregate = std::move(foreign.aggregate);
  }
  result.counters = std::move(foreign.counters);
  result.allocations = std::move(foreign.allocations);
  result.label = printable(foreign.label, kLongestText);
  return result;
}

std::string digest_of(const Source& source) {
  if (source.files.size() == 1) return os::sha256_of(source.files.front().text);
  std::string all;
  for (const SourceFile& file : source.files) all += file.text;
  return os::sha256_of(all);
}

Result<void> check_amount(const ForeignReport& report, const Source& source) {
  if (report.benchmarks.empty()) return refuse(source, "it has no benchmarks");
  if (report.benchmarks.size() > kMostBenchmarks) {
    return refuse(source, fmt::format("it has more than {} benchmarks", kMostBenchmarks));
  }
  std::size_t samples = 0;
  for (const ForeignBenchmark& benchmark : report.benchmarks) {
    for (const Visit& visit : benchmark.visits) samples += visit.slices.size();
  }
  if (samples <= kMostSamples) return {};
  return refuse(source, fmt::format("it has more than {} samples", kMostSamples));
}

Failure same_id(const Source& source, const BenchmarkId& id, const std::string& first,
                const std::string& second) {
  return refuse(source, fmt::format("two of its benchmarks get the id '{}': '{}' and '{}'; rename "
                                    "one of them",
                                    printable(id.text(), 200), printable(first, 200),
                                    printable(second, 200)));
}

Machine machine_of(ForeignReport& report) {
  constexpr std::size_t kLongestHost = 100;
  const std::string host = report.host.empty() ? "unknown" : printable(report.host, kLongestHost);
  Machine machine{.key = "imported:" + host, .hashed = {}, .shown = {}};
  if (!report.host.empty()) machine.shown.emplace_back("host", host);
  for (auto& [name, value] : report.facts) {
    if (!value.empty()) machine.shown.emplace_back(name, printable(value, kLongestText));
  }
  return machine;
}

}  // namespace

Visit visit_of(const std::vector<double>& ns, std::uint64_t operations) {
  Visit visit{.operations = operations, .slices = {}};
  for (const double time : ns) {
    visit.slices.push_back({.ns_per_op = time, .cpu_ns_per_op = time, .disturbances = 0});
  }
  return visit;
}

Result<baseline::Document> document_of(ForeignReport report, const Importer& importer,
                                       const Source& source) {
  PB_CHECK(check_amount(report, source));
  baseline::Document document;
  document.kind = baseline::kImported;
  document.imported_from = {.format = std::string{importer.name},
                            .tool = std::string{importer.tool},
                            .tool_version = printable(report.tool_version, 60),
                            .file_sha256 = digest_of(source)};
  document.run_id = "imported-" + document.imported_from->file_sha256.substr(0, 16);
  document.started = document.ended = printable(report.date, 60);
  document.preset = baseline::kImported;
  document.machine = machine_of(report);
  document.git = std::move(report.git);
  std::unordered_map<BenchmarkId, std::string> names;
  for (ForeignBenchmark& foreign : report.benchmarks) {
    BenchmarkId id = id_of_foreign(foreign.key.empty() ? foreign.name : foreign.key);
    std::string name = foreign.name;
    const auto [at, is_new] = names.emplace(id, name);
    if (!is_new) return same_id(source, id, at->second, name);
    document.benchmarks.push_back(result_of(std::move(foreign), id, importer.tool));
    if (name != id.text()) document.benchmarks.back().foreign_name = std::move(name);
  }
  return document;
}

}  // namespace pulsebench::exchange
