#include "pulsebench/stats/betting.hpp"

#include <cassert>
#include <cmath>
#include <numbers>

#include "pulsebench/stats/binomial.hpp"

namespace pulsebench::stats {

double log_betting_evidence(int heads, int tosses) {
  assert(0 <= heads && heads <= tosses);
  // B(s+1, n-s+1) = 1 / ((n+1) C(n, s)).
  return (tosses + 1) * std::numbers::ln2 - std::log(tosses + 1.0) - log_choose(tosses, heads) +
         log_fair_lower_tail(tosses + 1, heads);
}

std::optional<int> least_heads(int tosses, double log_bar) {
  assert(tosses >= 0 && log_bar > 0.0);
  if (log_betting_evidence(tosses, tosses) < log_bar) return std::nullopt;
  // The evidence grows with the heads, as a likelihood ratio of probabilities above 1/2 does.
  int too_few = -1;
  int enough = tosses;
  while (enough - too_few > 1) {
    const int middle = too_few + (enough - too_few) / 2;
    (log_betting_evidence(middle, tosses) >= log_bar ? enough : too_few) = middle;
  }
  return enough;
}

}  // namespace pulsebench::stats
