#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pulsebench/compare/reason.hpp"
#include "pulsebench/config/config.hpp"
#include "pulsebench/vocabulary/benchmark.hpp"
#include "pulsebench/vocabulary/explanation.hpp"
#include "pulsebench/vocabulary/names.hpp"
#include "pulsebench/vocabulary/units.hpp"

namespace pulsebench::compare {

enum class Verdict {
  regressed,
  improved,
  unchanged,
  inconclusive,
  not_judged,  ///< on one side only, another version, or no measurement; `reasons` say which
};

/// How far two runs of one build lie apart, σ_run of `docs/design/verdict.md` (ii).
struct RunSigma {
  double deviation = 0.0;  ///< SD of ln ns
  int runs = 0;            ///< stored ones that taught it; 0: it is a default
};

/// What one block says of a benchmark: ln(new / old), above zero for the worse, both measured with
/// the same layout.
struct BlockChange {
  double low_quantile = 0.0;  ///< d₁: of the visits' 25 % quantiles
  double mean = 0.0;          ///< d₂: of the means of undisturbed slices, the guard against
                              ///< intermittent costs, which no quantile sees

  bool operator==(const BlockChange&) const = default;
};

/// What a live comparison knows beside the verdict.
struct Live {
  int blocks = 0;
  double seconds = 0.0;  ///< wall time spent on the benchmark
  std::string guard;     ///< what decided: "low quantile", "mean", "both"; empty: nothing did
  double interval_level = 0.9;            ///< of the change's interval: five blocks have no higher
  std::vector<BlockChange> changes = {};  ///< of the blocks that were judged, in their order
};

/// Somebody accepted this regression.
struct Approved {
  std::string reason, by, on;  ///< anybody's text; `on` is a day
  std::string until;           ///< the last day on which it holds; empty: none
  Percent up_to;               ///< the largest change that it covers
};

inline constexpr const char* kExactInstructions = "instructions";

/// Something that was counted on both sides, an operation.
struct CountChange {
  std::string name;  ///< `kExactInstructions`, "allocations", or an event's
  double base = 0.0, candidate = 0.0;
};

/// One benchmark, old against new.
struct Judged {
  BenchmarkInfo info;        ///< the new side's, where it has one
  std::string base_id = {};  ///< the old side's, where it has another one
  Verdict verdict = Verdict::not_judged;
  /// What keeps an inconclusive one from a verdict, then what was seen; or why it is not judged.
  std::vector<Reason> reasons = {};
  /// Why a suspect of two stored results was not measured again, and the way out. Empty where it
  /// was, or nobody asked.
  std::optional<Reason> unconfirmed = {};
  bool gates = false;  ///< whether a regression of it fails the run
  /// Live and regressed, while nobody knows that both builds place code alike.
  bool layout_suspect = false;
  bool oversubscribed = false;  ///< more threads than CPUs: it never gates
  /// The new side has no measurement: it crashed, hung, lied or did nothing, or it was skipped or
  /// never reached while the old side was measured.
  bool failed = false;
  bool missing = false;                           ///< the old side has it, the new side does not
  std::optional<Cost> base = {}, candidate = {};  ///< as measured; `change` may be normalised
  Processed base_processed = {}, candidate_processed = {};  ///< by an operation
  Percent threshold = {};
  /// Of the median pair, above zero for the worse: `oriented_change.hpp` has what is shown. This
  /// and the rest are 0 where it is not judged.
  Percent change = {};
  Percent change_low = {}, change_high = {};  ///< two-sided interval of `change`
  double z = 0.0;  ///< (m - ln(1 + threshold)) / T, docs/design/verdict.md (ii)
  int pairs = 0;   ///< launches paired
  /// The probability that chance alone gives a verdict as strong, by the rule that decided it, or
  /// of a live one a bound of it. Empty where no rule of time decided.
  std::optional<double> p_value = {};
  int family = 0;  ///< k: benchmarks that share the probability of a false alarm
  int disturbed_percent_base = 0, disturbed_percent_candidate = 0;
  std::optional<RunSigma> run_sigma = {};    ///< of a stored comparison: what was taken for it
  std::vector<CountChange> counts = {};      ///< beside the time
  std::optional<Percent> exact_change = {};  ///< of instructions, where they are exact
  bool by_instructions = false;              ///< exact instructions decided what the time left open
  bool same_instructions = false;            ///< slower, and so suspected of its layout too
  /// Of `ab`, or of a suspect that was settled live; what two stored results alone say is in `z`
  /// and `pairs`.
  std::optional<Live> live = {};

  std::string host = {};  ///< of a fleet: the node that measured both sides; else empty
  std::optional<Approved> approved = {};  ///< of a regression that is accepted: it does not gate
  std::optional<Explanation> explanation = {};  ///< of a regression, where one was asked for

  /// Returns true where both sides were skipped by the benchmark itself.
  [[nodiscard]] bool skipped() const {
    return !reasons.empty() && reasons.front().code == ReasonCode::skipped;
  }
  [[nodiscard]] bool has(ReasonCode code) const {
    return std::ranges::find(reasons, code, &Reason::code) != reasons.end();
  }
  /// Returns true where another tool measured a side: the costs and `change` stand as they are, and
  /// nothing is judged by them.
  [[nodiscard]] bool shown_only() const {
    return !reasons.empty() && reasons.front().code == ReasonCode::imported;
  }
  /// Returns true for an improvement that two stored results alone show: the old one may have been
  /// measured under load.
  [[nodiscard]] bool improved_in_store_alone() const {
    return verdict == Verdict::improved && !live;
  }
  /// Returns true for a regression that nobody approved.
  [[nodiscard]] bool fails() const { return verdict == Verdict::regressed && !approved; }
  /// Whether two stored results left it in doubt, and both sides were measured again.
  [[nodiscard]] bool confirmed_live() const { return live && run_sigma; }
};

/// The name of a side that is the tree as it is, with what is not committed.
inline constexpr const char* kWorkingTree = "working tree";

/// The verdict of the run.
struct Comparison {
  std::string base_name, candidate_name;
  std::string base_origin = {}, candidate_origin = {};  ///< which build or run; empty: unsaid
  bool rivals = false;                                  ///< of `ab`: benchmarks of one program
  std::vector<Reason> warnings;          ///< drifting facts, fewer launches than asked, dirty trees
  std::vector<Judged> benchmarks;        ///< in the order of the candidate, then what it lacks
  bool missing_allowed = false;          ///< a missing benchmark does not fail the run
  int judged = 0;                        ///< k of the family correction
  int history = 0;                       ///< stored runs in which the spread of runs was sought
  double reference_shift_percent = 0.0;  ///< of the ALU reference
  bool normalised = false;               ///< by more than is worth telling, 1 %
  double interval_level = 0.99;          ///< of each `change_low` to `change_high`
  std::optional<double> visit_share = {};  ///< of `ab`: the part of its wall time inside visits
  std::optional<std::uint64_t> seed = {};  ///< of `ab`: of the order of processes
  std::string machine_key = {};            ///< of a fleet: that all its nodes share; else empty

  [[nodiscard]] int count(Verdict verdict) const;
  /// Whether a benchmark that gates has regressed, and nobody approved that.
  [[nodiscard]] bool fails_gate() const;
  /// Returns true where a benchmark of a tier that gates is missing, and that is not allowed.
  [[nodiscard]] bool misses_gating() const;
  /// Returns true where no benchmark has a verdict.
  [[nodiscard]] bool judged_nothing() const;
  /// Returns true where another tool measured a side, as a warning says: nothing gates.
  [[nodiscard]] bool imported() const;
};

/// The verdict of a comparison as a whole: the worst that one of its benchmarks has.
enum class RunVerdict {
  regressed,
  missing,  ///< a benchmark of a tier that gates is gone, and that is not allowed
  failed,
  inconclusive,
  approved,     ///< all that regressed is approved
  unconfirmed,  ///< what improved was not measured again
  improved,
  unchanged,
  not_judged
};

/// How many benchmarks have which verdict. `regressed` and `gating` are those that nobody approved,
/// `improved` those that were measured live, `unconfirmed` the other improved ones.
struct Census {
  std::ptrdiff_t all = 0, regressed = 0, gating = 0, missing = 0, failed = 0, inconclusive = 0,
                 improved = 0, unconfirmed = 0, unchanged = 0, approved = 0, same_code = 0;
};

/// Pure, as the verdict is.
[[nodiscard]] Census census_of(const Comparison& comparison);
[[nodiscard]] RunVerdict verdict_of(const Comparison& comparison);

}  // namespace pulsebench::compare

namespace pulsebench {

template <>
inline constexpr std::array<Named<compare::Verdict>, 5> kNames<compare::Verdict>{
    {{compare::Verdict::regressed, "regressed"},
     {compare::Verdict::improved, "improved"},
     {compare::Verdict::unchanged, "unchanged"},
     {compare::Verdict::inconclusive, "inconclusive"},
     {compare::Verdict::not_judged, "not_judged"}}};

template <>
inline constexpr std::array<Named<compare::RunVerdict>, 9> kNames<compare::RunVerdict>{
    {{compare::RunVerdict::regressed, "regressed"},
     {compare::RunVerdict::missing, "missing"},
     {compare::RunVerdict::failed, "failed"},
     {compare::RunVerdict::inconclusive, "inconclusive"},
     {compare::RunVerdict::approved, "approved"},
     {compare::RunVerdict::unconfirmed, "unconfirmed"},
     {compare::RunVerdict::improved, "improved"},
     {compare::RunVerdict::unchanged, "unchanged"},
     {compare::RunVerdict::not_judged, "not_judged"}}};

}  // namespace pulsebench
