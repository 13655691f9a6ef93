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

}  // namespace pulsebench::stats
