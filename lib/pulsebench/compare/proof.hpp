#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "pulsebench/compare/comparison.hpp"
#include "pulsebench/vocabulary/benchmark_id.hpp"
#include "pulsebench/vocabulary/units.hpp"

namespace pulsebench::compare {

/// One decision whose truth is known.
struct Decided {
  Percent threshold;
  Percent injected;  ///< work added on purpose; 0: unchanged code
  Verdict verdict = Verdict::inconclusive;
  double seconds = 0.0;
};

/// The decisions of one threshold with one truth.
struct ProofRow {
  Percent threshold, injected;
  int decisions = 0;
  int regressed = 0, improved = 0, unchanged = 0, inconclusive = 0;
  double mean_seconds = 0.0, worst_seconds = 0.0;

  /// Whether the change is to be flagged: it is beyond the threshold.
  [[nodiscard]] bool beyond() const { return injected > threshold; }
};

/// By threshold, then by what was injected, both ascending.
[[nodiscard]] std::vector<ProofRow> tally(std::span<const Decided> decisions);

/// The gate, tried on decisions whose truth is known.
struct Proof {
  Percent injected;
  std::vector<ProofRow> rows;
  std::vector<std::pair<BenchmarkId, Reason>> failed;  ///< what could not be tried, and why
  bool broken = false;  ///< whether one of them failed also with nothing injected
  int benchmarks = 0;
  int rounds = 0;
  std::uint64_t seed = 0;
  double seconds = 0.0;
  double visit_share = 0.0;
  std::vector<Reason> warnings = {};
};

/// How often something happened, and between what its chance lies at level 0.95. Shares, 0 to 1.
struct Rate {
  int n = 0, all = 0;
  double low = 0.0, high = 1.0;

  [[nodiscard]] double share() const { return all > 0 ? static_cast<double>(n) / all : 0.0; }
};

/// By Wilson's score interval. Where nothing was tried, nothing is known: 0 to 1.
/// Precondition: 0 <= n <= all.
[[nodiscard]] Rate rate_of(int n, int all);

}  // namespace pulsebench::compare
