#include "pulsebench/compare/oriented_change.hpp"

#include <cmath>
#include <utility>

namespace pulsebench::compare {

double log_figure(double figure, const BenchmarkInfo& info) {
  return std::log(judged_figure(Cost{figure, info.unit()}));
}

double oriented_log_ratio(double before, double after, const BenchmarkInfo& info) {
  const double log_ratio = log_figure(after, info) - log_figure(before, info);
  return info.better() == Better::higher ? -log_ratio : log_ratio;
}

Percent change_of_figure(Percent oriented, Better better) {
  if (better == Better::lower || oriented.factor() <= 0.0) return oriented;
  return Percent{100.0 * (1.0 / oriented.factor() - 1.0)};
}

ShownChange shown_change(const Judged& judged) {
  const Better better = judged.info.better();
  const auto [low, high] = better == Better::higher
                               ? std::pair{judged.change_high, judged.change_low}
                               : std::pair{judged.change_low, judged.change_high};
  return {.change = change_of_figure(judged.change, better),
          .low = change_of_figure(low, better),
          .high = change_of_figure(high, better)};
}

void take_shown_change(const ShownChange& shown, Judged& judged) {
  const Better better = judged.info.better();
  judged.change = change_of_figure(shown.change, better);  // its own inverse
  judged.change_low = change_of_figure(shown.low, better);
  judged.change_high = change_of_figure(shown.high, better);
  if (better == Better::higher) std::swap(judged.change_low, judged.change_high);
}

}  // namespace pulsebench::compare
