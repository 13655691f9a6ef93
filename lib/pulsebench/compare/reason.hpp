#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pulsebench/vocabulary/benchmark.hpp"

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
  side_failed,       ///< side, or none; text: how
  nothing_measured,  ///< no block
  // Why an inconclusive one has no verdict.
  launches_scatter,  ///< per cent
  near_threshold,    ///< change, threshold, in per cent
  undecided,         ///< live, after the last block
  out_of_time,       ///< live, before the last block
  // What a reader should know beside a verdict.
  injected,          ///< per cent
  slices_disturbed,  ///< side; per cent
  oversubscribed,    ///< threads
  two_modes,         ///< side; launches of the lower, its ns, launches of the upper, its ns
  other_tier,        ///< before, after
  other_batch_size,  ///< operations before, after
  decided_by_instructions,
  count_moved,                 ///< before, after; text: what was counted
  same_instructions,           ///< how many
  approval_of_other_baseline,  ///< text: its day
  approval_of_other_version,   ///< version; text: its day
  approval_expired,            ///< text: its last day
  approval_exceeded,           ///< change approved, largest covered, in per cent
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
  // Why a threshold is not supported.
  false_alarm,     ///< false alarms, decisions
  few_blocks,      ///< blocks, family
  blocks_scatter,  ///< the least change that stands out, per cent
  means_scatter    ///< blocks
};

/// The code as the JSON output spells it: `"few_pairs"`.
[[nodiscard]] const char* name_of(ReasonCode code);

/// Why something is as it is: a code and what its sentence needs. `report` words it.
struct Reason {
  ReasonCode code;
  std::vector<double> numbers = {};
  std::vector<std::string> texts = {};  ///< untrusted: not yet printable
  std::optional<Side> side = {};
  Status status = Status::ok;  ///< of `no_measurement`

  bool operator==(const Reason&) const = default;
};

}  // namespace pulsebench::compare
