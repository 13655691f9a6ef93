#include "pulsebench/compare/rate.hpp"

#include "pulsebench/stats/binomial.hpp"

namespace pulsebench::compare {

Rate rate_of(int n, int all) {
  if (all == 0) return {};
  const auto interval = stats::wilson_interval(n, all, 0.95);
  return {.n = n, .all = all, .low = interval.low, .high = interval.high};
}

}  // namespace pulsebench::compare
