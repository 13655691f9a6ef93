#include "pulsebench/compare/pairing.hpp"

#include <algorithm>
#include <cmath>

#include "pulsebench/compare/oriented_change.hpp"
#include "pulsebench/stats/quantile.hpp"

namespace pulsebench::compare {
namespace {

struct Launch {
  int number;
  double p25, reference;
};

std::vector<Launch> by_number(const baseline::Launches& launches) {
  std::vector<Launch> numbered;
  numbered.reserve(launches.launch.size());
  for (std::size_t row = 0; row < launches.launch.size(); ++row) {
    numbered.push_back({launches.launch[row], launches.p25[row], launches.reference[row]});
  }
  std::ranges::sort(numbered, {}, &Launch::number);
  return numbered;
}

PairedLaunch paired(const Launch& before, const Launch& after, const BenchmarkInfo& info) {
  const bool timed = before.reference > 0.0 && after.reference > 0.0;
  return {.time = oriented_log_ratio(before.p25, after.p25, info),
          .clock = timed ? std::log(after.reference / before.reference) : 0.0};
}

double median_reference(const baseline::Document& document) {
  std::vector<double> turns;
  for (const baseline::BenchmarkResult& benchmark : document.benchmarks) {
    for (const double ns : benchmark.launches.reference) {
      if (ns > 0.0) turns.push_back(ns);
    }
  }
  return turns.empty() ? 0.0 : stats::median(turns);
}

}  // namespace

std::vector<PairedLaunch> paired_launches(const baseline::Launches& base,
                                          const baseline::Launches& candidate,
                                          const BenchmarkInfo& info) {
  const auto before = by_number(base);
  const auto after = by_number(candidate);
  std::vector<PairedLaunch> pairs;
  for (auto b = before.begin(), a = after.begin(); b != before.end() && a != after.end();) {
    if (b->number == a->number) {
      pairs.push_back(paired(*b, *a, info));
      ++b;
      ++a;
    } else {
      ++(b->number < a->number ? b : a);
    }
  }
  return pairs;
}

double reference_log_ratio(const baseline::Document& base, const baseline::Document& candidate) {
  const double before = median_reference(base);
  const double after = median_reference(candidate);
  return before > 0.0 && after > 0.0 ? std::log(after / before) : 0.0;
}

}  // namespace pulsebench::compare
