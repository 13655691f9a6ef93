#pragma once

#include <cstddef>

#include "pulsebench/compare/history.hpp"
#include "pulsebench/render/page.hpp"

namespace pulsebench::report {

/// The most benchmarks that `history` lists without `--all`.
inline constexpr std::size_t kMostSeries = 25;

/// The kept figures: a line a benchmark with first, last, change and a sparkline, the largest
/// change first; of a single benchmark also each point. What was left out is named or counted. The
/// JSON has every series: schema id `pulsebench-history`, version 1, `docs/history.md`. The page
/// refers to `history`, which must outlive it.
[[nodiscard]] render::Page history_page(const compare::History& history, bool all);

}  // namespace pulsebench::report
