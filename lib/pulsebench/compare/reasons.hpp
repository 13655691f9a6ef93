#pragma once

#include <optional>
#include <string>

#include "pulsebench/baseline/document.hpp"
#include "pulsebench/compare/comparison.hpp"
#include "pulsebench/compare/decision.hpp"

namespace pulsebench::compare {

/// Fewer pairs than this have no spread worth the name.
inline constexpr int kFewestPairs = 4;

/// Why the two results of one benchmark cannot be held against each other; empty where they can.
[[nodiscard]] std::string why_not_judged(const baseline::BenchmarkResult& base,
                                         const baseline::BenchmarkResult& candidate, int pairs);

/// What a reader should know of a judged benchmark, the most telling first; may be empty.
[[nodiscard]] std::string what_was_seen(const baseline::BenchmarkResult& base,
                                        const baseline::BenchmarkResult& candidate,
                                        const Judged& judged);

/// What keeps an inconclusive benchmark from a verdict.
[[nodiscard]] std::string why_inconclusive(const Judged& judged, const Evidence& evidence);

/// Said of a benchmark that is oversubscribed.
[[nodiscard]] std::string why_it_never_gates(const BenchmarkInfo& info);

/// Slices that were disturbed, in whole per cent of all; 0 where there are none.
[[nodiscard]] int disturbed_percent(const baseline::Launches& launches);

/// "crashed: died of SIGSEGV", as the result says it.
[[nodiscard]] std::string describe(const Outcome& outcome);

}  // namespace pulsebench::compare
