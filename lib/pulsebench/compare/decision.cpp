#include "pulsebench/compare/decision.hpp"

#include <cmath>

#include "pulsebench/stats/normal.hpp"
#include "pulsebench/stats/quantile.hpp"
#include "pulsebench/stats/spread.hpp"

namespace pulsebench::compare {
namespace {

constexpr double kUnchangedTail = 0.05;  // β: a change beyond the threshold called unchanged
constexpr double kIntervalTail = 0.005;  // each side of level 0.99

double log_threshold(Percent threshold) { return std::log1p(threshold.value / 100.0); }

}  // namespace

Evidence weigh(std::span<const double> log_ratios, double run_sigma) {
  const double sampling = stats::median_standard_error(log_ratios);
  return {.median = stats::median(log_ratios),
          .sampling = sampling,
          .total = std::sqrt(sampling * sampling + 2.0 * run_sigma * run_sigma),
          .pairs = static_cast<int>(log_ratios.size())};
}

double z_score(const Evidence& evidence, Percent threshold) {
  return (evidence.median - log_threshold(threshold)) / evidence.total;
}

Verdict decide(const Evidence& evidence, Percent threshold, double tail) {
  const double certain = stats::upper_normal(tail);
  const double z = z_score(evidence, threshold);
  const double mirrored = (-evidence.median - log_threshold(threshold)) / evidence.total;
  if (z >= certain) return Verdict::regressed;
  if (mirrored >= certain) return Verdict::improved;
  if (z <= -stats::upper_normal(kUnchangedTail)) return Verdict::unchanged;
  return Verdict::inconclusive;
}

ChangeInterval change_interval(const Evidence& evidence) {
  const double reach = stats::upper_normal(kIntervalTail) * evidence.total;
  return {percent_of_log(evidence.median - reach), percent_of_log(evidence.median + reach)};
}

Percent percent_of_log(double log_ratio) { return Percent{100.0 * std::expm1(log_ratio)}; }

}  // namespace pulsebench::compare
