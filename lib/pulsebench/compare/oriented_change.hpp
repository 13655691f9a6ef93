#pragma once

#include "pulsebench/compare/comparison.hpp"
#include "pulsebench/vocabulary/benchmark.hpp"
#include "pulsebench/vocabulary/units.hpp"

/// The judge knows one direction: a change above zero is for the worse. Of a figure that is better
/// when it is higher the sign is turned here, and nowhere else.
namespace pulsebench::compare {

/// ln(after / before), above zero where the figure of `info` became worse. A count may be 0, so
/// both are counted from 1. Precondition: both are above zero, or not below zero for a count.
[[nodiscard]] double oriented_log_ratio(double before, double after, const BenchmarkInfo& info);

/// ln of a figure, as `oriented_log_ratio` takes it; not oriented.
[[nodiscard]] double log_figure(double figure, const BenchmarkInfo& info);

/// The change of the figure itself: of a throughput that is 25 % worse it is -20 %.
[[nodiscard]] Percent change_of_figure(Percent oriented, Better better);

/// A change and its interval as a reader sees them: of the figure itself, `low` the lower end.
struct ShownChange {
  Percent change, low, high;
};
[[nodiscard]] ShownChange shown_change(const Judged& judged);

/// Gives `judged` the change that a page or a document shows: the reverse of `shown_change`.
void take_shown_change(const ShownChange& shown, Judged& judged);

}  // namespace pulsebench::compare
