#include "pulsebench/compare/decision.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "pulsebench/stats/quantile.hpp"
#include "pulsebench/stats/spread.hpp"
#include "pulsebench/stats/student.hpp"

namespace pulsebench::compare {
namespace {

constexpr double kUnchangedTail = 0.05;  // β: a change beyond the threshold called unchanged
constexpr double kIntervalTail = 0.005;  // each side of level 0.99

constexpr std::size_t kManyPairs = 16;   // from here on the MAD is taken at its word
constexpr std::size_t kFewPairs = 8;     // below, half of the pairs may agree by luck
constexpr double kMadEfficiency = 0.37;  // of the MAD against the SD, at the normal distribution

double log_threshold(Percent threshold) { return std::log1p(threshold.value / 100.0); }

double sampling_error(std::span<const double> log_ratios) {
  const double robust = stats::median_standard_error(log_ratios);
  if (log_ratios.size() >= kFewPairs) return robust;
  return std::max(robust, stats::median_standard_error_by_deviation(log_ratios));
}

/// Welch & Satterthwaite, with σ_run taken as known.
double degrees_of(double sampling, double total, std::size_t pairs) {
  if (pairs >= kManyPairs || sampling <= 0.0) return std::numeric_limits<double>::infinity();
  const double own = std::max(1.0, kMadEfficiency * static_cast<double>(pairs - 1));
  return own * std::pow(total / sampling, 4);
}

/// z of the change in the mirror, by which an improvement is decided.
double mirrored_z_score(const Evidence& evidence, Percent threshold) {
  return (-evidence.median - log_threshold(threshold)) / evidence.total;
}

}  // namespace

Evidence weigh(std::span<const double> log_ratios, double run_sigma, double correction_error) {
  const double sampling = sampling_error(log_ratios);
  const double total = std::sqrt(sampling * sampling + 2.0 * run_sigma * run_sigma +
                                 correction_error * correction_error);
  return {.median = stats::median(log_ratios),
          .sampling = sampling,
          .total = total,
          .pairs = static_cast<int>(log_ratios.size()),
          .degrees_of_freedom = degrees_of(sampling, total, log_ratios.size())};
}

double z_score(const Evidence& evidence, Percent threshold) {
  return (evidence.median - log_threshold(threshold)) / evidence.total;
}

Verdict decide(const Evidence& evidence, Percent threshold, double tail) {
  const double freedom = evidence.degrees_of_freedom;
  const double certain = stats::upper_student(tail, freedom);
  const double z = z_score(evidence, threshold);
  if (z >= certain) return Verdict::regressed;
  if (mirrored_z_score(evidence, threshold) >= certain) return Verdict::improved;
  if (z <= -stats::upper_student(kUnchangedTail, freedom)) return Verdict::unchanged;
  return Verdict::inconclusive;
}

std::optional<double> p_value(const Evidence& evidence, Percent threshold, Verdict verdict) {
  const double freedom = evidence.degrees_of_freedom;
  switch (verdict) {
    case Verdict::regressed:
      return stats::student_tail(z_score(evidence, threshold), freedom);
    case Verdict::improved:
      return stats::student_tail(mirrored_z_score(evidence, threshold), freedom);
    case Verdict::unchanged:
      return stats::student_tail(-z_score(evidence, threshold), freedom);
    case Verdict::inconclusive:
    case Verdict::not_judged:
      break;
  }
  return std::nullopt;
}

ChangeInterval change_interval(const Evidence& evidence) {
  const double reach =
      stats::upper_student(kIntervalTail, evidence.degrees_of_freedom) * evidence.total;
  return {percent_of_log(evidence.median - reach), percent_of_log(evidence.median + reach)};
}

Percent percent_of_log(double log_ratio) { return Percent{100.0 * std::expm1(log_ratio)}; }

}  // namespace pulsebench::compare
