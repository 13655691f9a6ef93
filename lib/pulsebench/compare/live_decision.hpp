#pragma once

#include <array>
#include <optional>
#include <vector>

#include "pulsebench/compare/comparison.hpp"
#include "pulsebench/compare/decision.hpp"
#include "pulsebench/vocabulary/names.hpp"
#include "pulsebench/vocabulary/units.hpp"

namespace pulsebench::compare {

/// How sure a live decision is, `docs/design/verdict.md` (iii).
struct LiveRule {
  Percent threshold{5};
  double alpha = 0.01;    ///< odds that anything of the family is falsely called regressed
  int family = 1;         ///< k: benchmarks in the run
  double beta = 0.05;     ///< odds that a change at the threshold is called unchanged
  int least_blocks = 4;   ///< nothing is decided before
  int most_blocks = 256;  ///< the end
};

/// Which of the two measures decided.
enum class Guard { none, low_quantile, mean, both };

/// One benchmark of `ab`, judged after every block by the betting sign test: valid whenever one
/// looks and whatever the distribution, so that it stops as soon as it knows.
///
/// With s of n blocks beyond the threshold: `regressed` once E(s, n) >= 2k/α for either measure;
/// `improved` once the mirrored evidence reaches it for both; `unchanged` once E(n−s, n) >= 1/β for
/// both and no improvement is in sight; `inconclusive` at the end. The first decision stands.
class LiveDecision {
 public:
  /// Precondition: the rule's numbers are in range (family >= 1, 0 < alpha, beta < 1).
  explicit LiveDecision(const LiveRule& rule);

  /// Precondition: not decided, and both numbers are finite.
  void add(const BlockChange& change);

  /// No more blocks come: `unchanged` where that is known, else `inconclusive`.
  void end();

  [[nodiscard]] bool decided() const { return verdict_.has_value(); }
  /// `inconclusive` while it is not decided.
  [[nodiscard]] Verdict verdict() const { return verdict_.value_or(Verdict::inconclusive); }
  [[nodiscard]] Guard guard() const { return guard_; }
  [[nodiscard]] const LiveRule& rule() const { return rule_; }
  [[nodiscard]] int blocks() const { return static_cast<int>(changes_.size()); }
  /// What was added, in its order.
  [[nodiscard]] const std::vector<BlockChange>& changes() const { return changes_; }

  /// A bound of the probability that chance alone gives evidence as strong as the verdict's, by
  /// Ville's inequality: 2/E of either measure for `regressed`, and of both for `improved`; 1/E of
  /// both for `unchanged`. Empty where it is inconclusive.
  [[nodiscard]] std::optional<double> p_value() const;

  /// The median change by the low quantile. Precondition: at least one block.
  [[nodiscard]] Percent change() const;
  /// Its order-statistic interval, two-sided at level 0.9; absent below 5 blocks.
  [[nodiscard]] std::optional<ChangeInterval> interval() const;

 private:
  /// Blocks of one measure beyond the threshold, for the worse and for the better.
  struct Tally {
    int slower = 0;
    int faster = 0;
  };

  void count(double log_ratio, Tally& tally) const;
  void decide();
  [[nodiscard]] bool proves(int successes, double log_bar) const;
  [[nodiscard]] bool is_not_slower() const;
  [[nodiscard]] std::vector<double> low_quantiles() const;

  LiveRule rule_;
  double log_threshold_;
  double log_alarm_bar_;  ///< ln(2k/α)
  double log_pass_bar_;   ///< ln(1/β)
  std::vector<BlockChange> changes_;
  Tally low_quantile_, mean_;
  std::optional<Verdict> verdict_;
  Guard guard_ = Guard::none;
};

}  // namespace pulsebench::compare

namespace pulsebench {

/// No word for `Guard::none`.
template <>
inline constexpr std::array<Named<compare::Guard>, 3> kNames<compare::Guard>{
    {{compare::Guard::low_quantile, "low quantile"},
     {compare::Guard::mean, "mean"},
     {compare::Guard::both, "both"}}};

}  // namespace pulsebench
