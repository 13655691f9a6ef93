#include "pulsebench/compare/live_decision.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "pulsebench/stats/binomial.hpp"
#include "pulsebench/stats/quantile.hpp"

namespace pulsebench::compare {
LiveDecision::LiveDecision(const LiveRule& rule)
    : rule_(rule),
      log_threshold_(std::log1p(rule.threshold.value / 100.0)),
      log_alarm_bar_(std::log(2.0 * rule.family / rule.alpha)),
      log_pass_bar_(-std::log(rule.beta)) {
  assert(rule.family >= 1 && rule.alpha > 0.0 && rule.alpha < 1.0);
  assert(rule.beta > 0.0 && rule.beta < 1.0 && rule.most_blocks >= 1);
}

void LiveDecision::add(const BlockChange& change) {
  assert(!decided() && std::isfinite(change.low_quantile) && std::isfinite(change.mean));
  changes_.push_back(change);
  count(change.low_quantile, low_quantile_);
  count(change.mean, mean_);
  if (blocks() >= rule_.least_blocks) decide();
  if (blocks() >= rule_.most_blocks) end();
}

void LiveDecision::end() {
  if (decided()) return;
  // It is enough to know that it is not slower; how much faster is left open.
  const bool known = blocks() >= rule_.least_blocks && is_not_slower();
  verdict_ = known ? Verdict::unchanged : Verdict::inconclusive;
  if (known) guard_ = Guard::both;
}

void LiveDecision::count(double log_ratio, Tally& tally) const {
  if (log_ratio > log_threshold_) ++tally.slower;
  if (log_ratio < -log_threshold_) ++tally.faster;
}

bool LiveDecision::proves(int successes, double log_bar) const {
  return stats::log_betting_evidence(successes, blocks()) >= log_bar;
}

void LiveDecision::decide() {
  const bool slower_low = proves(low_quantile_.slower, log_alarm_bar_);
  const bool slower_mean = proves(mean_.slower, log_alarm_bar_);
  if (slower_low || slower_mean) {
    verdict_ = Verdict::regressed;
    guard_ = slower_low && slower_mean ? Guard::both
             : slower_low              ? Guard::low_quantile
                                       : Guard::mean;
    return;
  }
  if (proves(low_quantile_.faster, log_alarm_bar_) && proves(mean_.faster, log_alarm_bar_)) {
    verdict_ = Verdict::improved;
    guard_ = Guard::both;
    return;
  }
  const bool not_faster = proves(blocks() - low_quantile_.faster, log_pass_bar_) ||
                          proves(blocks() - mean_.faster, log_pass_bar_);
  if (is_not_slower() && not_faster) {
    verdict_ = Verdict::unchanged;
    guard_ = Guard::both;
  }
}

bool LiveDecision::is_not_slower() const {
  return proves(blocks() - low_quantile_.slower, log_pass_bar_) &&
         proves(blocks() - mean_.slower, log_pass_bar_);
}

std::optional<double> LiveDecision::p_value() const {
  const auto at_most = [&](double bets, int successes) {
    return std::min(1.0, bets * std::exp(-stats::log_betting_evidence(successes, blocks())));
  };
  switch (verdict()) {
    case Verdict::regressed:
      return at_most(2.0, std::max(low_quantile_.slower, mean_.slower));
    case Verdict::improved:
      return at_most(2.0, std::min(low_quantile_.faster, mean_.faster));
    case Verdict::unchanged:
      return at_most(1.0, blocks() - std::max(low_quantile_.slower, mean_.slower));
    case Verdict::inconclusive:
    case Verdict::not_judged:
      break;
  }
  return std::nullopt;
}

std::vector<double> LiveDecision::low_quantiles() const {
  std::vector<double> ratios;
  ratios.reserve(changes_.size());
  for (const BlockChange& change : changes_) ratios.push_back(change.low_quantile);
  return ratios;
}

Percent LiveDecision::change() const { return percent_of_log(stats::median(low_quantiles())); }

std::optional<ChangeInterval> LiveDecision::interval() const {
  const auto found = stats::median_interval(stats::sorted(low_quantiles()), Live{}.interval_level);
  if (!found) return std::nullopt;
  return ChangeInterval{percent_of_log(found->low), percent_of_log(found->high)};
}

}  // namespace pulsebench::compare
