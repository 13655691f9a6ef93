#pragma once

#include <string>
#include <vector>

#include "pulsebench/baseline/document.hpp"

namespace pulsebench::compare {

/// A measured benchmark whose launches 0, 1, ... have these low quantiles, ns/op.
inline baseline::BenchmarkResult result_of(const char* id, std::vector<double> p25,
                                           Tier tier = Tier::critical) {
  baseline::BenchmarkResult result{.info = {.id = *BenchmarkId::parse(id), .tier = tier}};
  const std::size_t launches = p25.size();
  for (std::size_t launch = 0; launch < launches; ++launch) {
    result.launches.launch.push_back(static_cast<int>(launch));
  }
  result.batching = {.operations = 20'000, .slices = 50};
  result.launches.median = p25;
  result.launches.minimum = p25;
  result.launches.undisturbed_mean = p25;
  result.launches.cpu_p25 = p25;
  result.launches.slices.assign(launches, 50);
  result.launches.disturbed.assign(launches, 0);
  result.launches.reference.assign(launches, 2.0);
  result.value = Cost{p25.empty() ? 1.0 : p25.front()};
  result.launches.p25 = std::move(p25);
  result.launches_asked = static_cast<int>(launches);
  return result;
}

/// `launches` launches at `ns`, spread evenly by ±`spread` (a share of it).
inline std::vector<double> near(double ns, double spread = 0.001, int launches = 20) {
  std::vector<double> values;
  for (int i = 0; i < launches; ++i) {
    const double place = 2.0 * i / (launches - 1) - 1.0;
    values.push_back(ns * (1.0 + spread * place));
  }
  return values;
}

inline baseline::Document document_of(std::vector<baseline::BenchmarkResult> benchmarks) {
  baseline::Document document;
  document.run_id = "r";
  document.machine.key = "k";
  document.benchmarks = std::move(benchmarks);
  return document;
}

}  // namespace pulsebench::compare
