#include "pulsebench/compare/run_sigma.hpp"

#include <cmath>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "pulsebench/compare/oriented_change.hpp"
#include "pulsebench/stats/quantile.hpp"
#include "pulsebench/stats/spread.hpp"

namespace pulsebench::compare {
namespace {

using baseline::BenchmarkResult;
using baseline::Document;

/// The values of one benchmark, by the SHA-256 of the binary that they were measured with.
using ValuesByBinary = std::map<std::string, std::vector<double>>;

std::map<std::string, std::string> binaries_of(const Document& document) {
  std::map<std::string, std::string> binaries;
  for (const SuiteBuild& suite : document.suites) binaries[suite.name] = suite.sha256;
  return binaries;
}

bool counts(const BenchmarkResult& benchmark) {
  return benchmark.outcome.status == Status::ok && benchmark.value && !benchmark.injected_percent;
}

/// ln of the value, with the clock that its run had taken out.
double log_value(const BenchmarkResult& benchmark) {
  const std::vector<double>& references = benchmark.launches.reference;
  const double clock = references.empty() ? 0.0 : stats::median(references);
  return log_figure(benchmark.value->value, benchmark.info) - (clock > 0.0 ? std::log(clock) : 0.0);
}

/// Benchmark and version → values. Runs that are listed twice count once.
std::map<std::pair<BenchmarkId, int>, ValuesByBinary> collect(std::span<const Document> history,
                                                              const std::string& machine) {
  std::map<std::pair<BenchmarkId, int>, ValuesByBinary> collected;
  std::set<std::string> runs;
  for (const Document& document : history) {
    if (document.machine.key != machine || !document.complete) continue;
    if (!runs.insert(document.run_id).second) continue;
    const auto binaries = binaries_of(document);
    for (const BenchmarkResult& benchmark : document.benchmarks) {
      const auto binary = binaries.find(benchmark.suite);
      if (!counts(benchmark) || binary == binaries.end() || binary->second.empty()) continue;
      collected[{benchmark.info.id, benchmark.info.version}][binary->second].push_back(
          log_value(benchmark));
    }
  }
  return collected;
}

struct Pooled {
  double squares = 0.0;
  int degrees_of_freedom = 0;
  int runs = 0;
};

Pooled pool(const ValuesByBinary& values) {
  Pooled pooled;
  for (const auto& [unused, logs] : values) {
    const double deviation = stats::standard_deviation(logs);
    const int degrees = static_cast<int>(logs.size()) - 1;
    pooled.squares += degrees * deviation * deviation;
    pooled.degrees_of_freedom += degrees;
    if (degrees > 0) pooled.runs += degrees + 1;
  }
  return pooled;
}

}  // namespace

std::map<BenchmarkId, RunSigma> learn_run_sigma(std::span<const Document> history,
                                                const Document& like) {
  const auto collected = collect(history, like.machine.key);
  std::map<BenchmarkId, RunSigma> learnt;
  for (const BenchmarkResult& benchmark : like.benchmarks) {
    const auto found = collected.find({benchmark.info.id, benchmark.info.version});
    if (found == collected.end()) continue;
    const Pooled pooled = pool(found->second);
    if (pooled.degrees_of_freedom + 1 < kFewestRunsToLearn) continue;
    learnt.emplace(benchmark.info.id,
                   RunSigma{std::sqrt(pooled.squares / pooled.degrees_of_freedom), pooled.runs});
  }
  return learnt;
}

}  // namespace pulsebench::compare
