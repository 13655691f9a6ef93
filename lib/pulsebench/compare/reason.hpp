#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "pulsebench/vocabulary/benchmark.hpp"
#include "pulsebench/vocabulary/names.hpp"

namespace pulsebench::compare {

/// Of the two sides of a comparison.
enum class Side { old_side, new_side };

/// What a reason says; beside each the numbers and texts that it carries, in order.
enum class ReasonCode {
  // Why a benchmark is not judged.
  new_benchmark,
  missing,
  no_measurement,    ///< side, status; text: its reason
  other_version,     ///< before, after
  other_threads,     ///< before, after
  few_pairs,         ///< pairs, needed
  timed_by_hand,     ///< on one side only
  skipped,           ///< on both sides; text: the benchmark's reason
  side_failed,       ///< side, or none; text: how
  nothing_measured,  ///< no block
  imported,          ///< another tool measured a side
  same_code,         ///< neither side executes a function that differs: not measured
  // Why an inconclusive one has no verdict.
  launches_scatter,   ///< percent
  near_threshold,     ///< change, threshold, in percent
  interval_too_wide,  ///< its ends and the threshold, in percent
  other_min_time,     ///< seconds before, after
  undecided,          ///< live, after the last block: change, threshold, in percent
  mean_undecided,     ///< live: change by the low quantile, in percent
  out_of_time,        ///< live, before the last block
  // What a reader should know beside a verdict.
  injected,          ///< percent
  slices_disturbed,  ///< side; percent
  oversubscribed,    ///< threads
  executes_change,   ///< text: a function that differs, which it executes
  control,           ///< measured although its code is the same
  two_modes,         ///< side; launches of the lower, its ns, launches of the upper, its ns
  other_tier,        ///< before, after
  other_batch_size,  ///< operations before, after
  decided_by_instructions,
  count_moved,                 ///< before, after; text: what was counted
  same_instructions,           ///< how many
  approval_of_other_baseline,  ///< text: its day
  approval_of_other_version,   ///< version; text: its day
  approval_expired,            ///< text: its last day
  approval_exceeded,           ///< change approved, largest covered, in percent
  // Why a suspect was not measured again.
  other_machine,      ///< side; texts: its key, this machine's
  suite_unavailable,  ///< text: the error
  not_reached,        ///< the time ended before its first block
  // Warnings about a comparison.
  machines_differ,  ///< text: the error
  incomplete,       ///< side; text: because
  few_launches,     ///< side; for each tier: the fewest, those asked for, the tier's number
  uncommitted,      ///< side
  fact_changed,     ///< texts: name, before, after
  same_binaries,
  same_binaries_injected,
  counts_moved,     ///< before and after of each; texts: the benchmark, what was counted
  runs_unreadable,  ///< how many, of how many
  addresses_randomised,
  rule_unused,  ///< text: of `--map` or `--rival`
  not_pinned,
  imported_result,  ///< side; text: the tool
  emulated,         ///< text: what emulated the machine
  code_unknown,     ///< how many benchmarks; text: why it is unknown what they execute
  // Why a threshold is not supported.
  false_alarm,     ///< false alarms, decisions
  few_blocks,      ///< blocks, family
  blocks_scatter,  ///< the least change that stands out, percent
  means_scatter    ///< blocks
};

/// Why something is as it is: a code and what its sentence needs. `report` words it.
struct Reason {
  ReasonCode code;
  std::vector<double> numbers = {};
  std::vector<std::string> texts = {};  ///< untrusted: not yet printable
  std::optional<Side> side = {};
  Status status = Status::ok;  ///< of `no_measurement`
  /// As the document words it that the reason was read from; else empty, and `report` words it.
  std::string sentence = {};

  bool operator==(const Reason&) const = default;
};

}  // namespace pulsebench::compare

namespace pulsebench {

/// The codes as the JSON output spells them.
template <>
inline constexpr std::array<Named<compare::ReasonCode>, 56> kNames<compare::ReasonCode>{
    {{compare::ReasonCode::new_benchmark, "new_benchmark"},
     {compare::ReasonCode::missing, "missing"},
     {compare::ReasonCode::no_measurement, "no_measurement"},
     {compare::ReasonCode::other_version, "other_version"},
     {compare::ReasonCode::other_threads, "other_threads"},
     {compare::ReasonCode::few_pairs, "few_pairs"},
     {compare::ReasonCode::timed_by_hand, "timed_by_hand"},
     {compare::ReasonCode::skipped, "skipped"},
     {compare::ReasonCode::side_failed, "side_failed"},
     {compare::ReasonCode::nothing_measured, "nothing_measured"},
     {compare::ReasonCode::imported, "imported"},
     {compare::ReasonCode::same_code, "same_code"},
     {compare::ReasonCode::launches_scatter, "launches_scatter"},
     {compare::ReasonCode::near_threshold, "near_threshold"},
     {compare::ReasonCode::interval_too_wide, "interval_too_wide"},
     {compare::ReasonCode::other_min_time, "other_min_time"},
     {compare::ReasonCode::undecided, "undecided"},
     {compare::ReasonCode::mean_undecided, "mean_undecided"},
     {compare::ReasonCode::out_of_time, "out_of_time"},
     {compare::ReasonCode::injected, "injected"},
     {compare::ReasonCode::slices_disturbed, "slices_disturbed"},
     {compare::ReasonCode::oversubscribed, "oversubscribed"},
     {compare::ReasonCode::executes_change, "executes_change"},
     {compare::ReasonCode::control, "control"},
     {compare::ReasonCode::two_modes, "two_modes"},
     {compare::ReasonCode::other_tier, "other_tier"},
     {compare::ReasonCode::other_batch_size, "other_batch_size"},
     {compare::ReasonCode::decided_by_instructions, "decided_by_instructions"},
     {compare::ReasonCode::count_moved, "count_moved"},
     {compare::ReasonCode::same_instructions, "same_instructions"},
     {compare::ReasonCode::approval_of_other_baseline, "approval_of_other_baseline"},
     {compare::ReasonCode::approval_of_other_version, "approval_of_other_version"},
     {compare::ReasonCode::approval_expired, "approval_expired"},
     {compare::ReasonCode::approval_exceeded, "approval_exceeded"},
     {compare::ReasonCode::other_machine, "other_machine"},
     {compare::ReasonCode::suite_unavailable, "suite_unavailable"},
     {compare::ReasonCode::not_reached, "not_reached"},
     {compare::ReasonCode::machines_differ, "machines_differ"},
     {compare::ReasonCode::incomplete, "incomplete"},
     {compare::ReasonCode::few_launches, "few_launches"},
     {compare::ReasonCode::uncommitted, "uncommitted"},
     {compare::ReasonCode::fact_changed, "fact_changed"},
     {compare::ReasonCode::same_binaries, "same_binaries"},
     {compare::ReasonCode::same_binaries_injected, "same_binaries_injected"},
     {compare::ReasonCode::counts_moved, "counts_moved"},
     {compare::ReasonCode::runs_unreadable, "runs_unreadable"},
     {compare::ReasonCode::addresses_randomised, "addresses_randomised"},
     {compare::ReasonCode::rule_unused, "rule_unused"},
     {compare::ReasonCode::not_pinned, "not_pinned"},
     {compare::ReasonCode::imported_result, "imported_result"},
     {compare::ReasonCode::emulated, "emulated"},
     {compare::ReasonCode::code_unknown, "code_unknown"},
     {compare::ReasonCode::false_alarm, "false_alarm"},
     {compare::ReasonCode::few_blocks, "few_blocks"},
     {compare::ReasonCode::blocks_scatter, "blocks_scatter"},
     {compare::ReasonCode::means_scatter, "means_scatter"}}};

static_assert(names_in_order<compare::ReasonCode>(), "a row stands at the place of its code");

}  // namespace pulsebench
