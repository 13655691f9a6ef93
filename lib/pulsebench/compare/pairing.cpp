#include "pulsebench/compare/pairing.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "pulsebench/stats/quantile.hpp"

namespace pulsebench::compare {
namespace {

using Numbered = std::vector<std::pair<int, double>>;

Numbered by_number(const baseline::Launches& launches) {
  Numbered numbered;
  numbered.reserve(launches.launch.size());
  for (std::size_t row = 0; row < launches.launch.size(); ++row) {
    numbered.emplace_back(launches.launch[row], launches.p25[row]);
  }
  std::sort(numbered.begin(), numbered.end());
  return numbered;
}

double median_reference(const baseline::Document& document) {
  std::vector<double> turns;
  for (const baseline::BenchmarkResult& benchmark : document.benchmarks) {
    for (const double ns : benchmark.launches.reference) {
      if (ns > 0.0) turns.push_back(ns);
    }
  }
  if (turns.empty()) return 0.0;
  const auto middle = turns.begin() + static_cast<std::ptrdiff_t>(turns.size() / 2);
  std::nth_element(turns.begin(), middle, turns.end());
  return *middle;
}

}  // namespace

std::vector<double> paired_log_ratios(const baseline::Launches& base,
                                      const baseline::Launches& candidate) {
  const Numbered before = by_number(base);
  const Numbered after = by_number(candidate);
  std::vector<double> ratios;
  for (auto b = before.begin(), a = after.begin(); b != before.end() && a != after.end();) {
    if (b->first == a->first) {
      ratios.push_back(std::log(a->second / b->second));
      ++b;
      ++a;
    } else {
      ++(b->first < a->first ? b : a);
    }
  }
  return ratios;
}

double reference_log_ratio(const baseline::Document& base, const baseline::Document& candidate) {
  const double before = median_reference(base);
  const double after = median_reference(candidate);
  return before > 0.0 && after > 0.0 ? std::log(after / before) : 0.0;
}

}  // namespace pulsebench::compare
