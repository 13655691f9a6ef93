#pragma once

#include <optional>
#include <vector>

#include "pulsebench/baseline/document.hpp"
#include "pulsebench/compare/comparison.hpp"
#include "pulsebench/compare/decision.hpp"
#include "pulsebench/compare/live_decision.hpp"

namespace pulsebench::compare {

/// Fewer pairs than this have no spread worth the name.
inline constexpr int kFewestPairs = 4;

/// Why the two results of one benchmark cannot be compared; empty where they can.
[[nodiscard]] std::optional<Reason> why_not_judged(const baseline::BenchmarkResult& base,
                                                   const baseline::BenchmarkResult& candidate,
                                                   int pairs);

/// What a reader should know of a judged benchmark, the most telling first; may be empty.
[[nodiscard]] std::vector<Reason> what_was_seen(const baseline::BenchmarkResult& base,
                                                const baseline::BenchmarkResult& candidate,
                                                const Judged& judged);

/// What keeps an inconclusive benchmark from a verdict.
[[nodiscard]] Reason why_inconclusive(const Judged& judged, const Evidence& evidence);

/// The same of a live decision that is not taken after its last block.
[[nodiscard]] Reason why_undecided(const Judged& judged, const LiveDecision& decision);

/// That a benchmark is oversubscribed.
[[nodiscard]] Reason never_gates(const BenchmarkInfo& info);

/// Of a foreign program's repetitions that were calibrated to other lengths; empty where they were
/// not. The costs in them are not the same thing.
[[nodiscard]] std::optional<Reason> other_min_time(const Batching& before, const Batching& after);

/// Puts `doubt` first among the reasons, in place of what kept the benchmark from a verdict before.
void set_doubt(Judged& judged, std::optional<Reason> doubt);

/// Slices that were disturbed, in whole per cent of all; 0 where there are none.
[[nodiscard]] int disturbed_percent(const baseline::Launches& launches);

/// That a side has no measurement, and what its result says of it.
[[nodiscard]] Reason no_measurement(Side side, const Outcome& outcome);

/// That the benchmark skipped itself on both sides. `outcome` is the new side's.
[[nodiscard]] Reason skipped_on_both(const Outcome& outcome);

}  // namespace pulsebench::compare
