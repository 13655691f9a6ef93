#include "pulsebench/stats/binomial.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>

#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/gamma.hpp>

#include "pulsebench/stats/student.hpp"

namespace pulsebench::stats {
namespace {

constexpr double kClearCase = 0.99;  ///< the probability of heads that half of the wealth bets on

}  // namespace

double log_choose(int n, int k) {
  assert(0 <= k && k <= n);
  // Boost's lgamma, since <cmath>'s writes a global and is not thread-safe.
  const auto log_factorial = [](int m) { return boost::math::lgamma(m + 1.0); };
  return log_factorial(n) - log_factorial(k) - log_factorial(n - k);
}

double log_fair_lower_tail(int n, int k) {
  assert(0 <= k && k <= n);
  if (k == n) return 0.0;
  // Terms divided by the last one, C(n, k): each is i / (n - i + 1) times the one above it. They
  // may grow first, by at most 2^n / C(n, k).
  double term = 1.0;
  double sum = 1.0;
  double log_scale = 0.0;
  for (int i = k; i > 0; --i) {
    term *= static_cast<double>(i) / (n - i + 1);
    sum += term;
    if (sum > 1e250) {
      log_scale += std::log(1e250);
      term /= 1e250;
      sum /= 1e250;
    }
  }
  return log_choose(n, k) - n * std::numbers::ln2 + std::log(sum) + log_scale;
}

Interval wilson_interval(int successes, int trials, double level) {
  assert(0 <= successes && successes <= trials && trials > 0 && level > 0.0 && level < 1.0);
  const double z = upper_normal((1.0 - level) / 2.0);
  const double n = trials;
  const double share = successes / n;
  const double center = (share + z * z / (2.0 * n)) / (1.0 + z * z / n);
  const double reach =
      z / (1.0 + z * z / n) * std::sqrt(share * (1.0 - share) / n + z * z / (4.0 * n * n));
  return {successes == 0 ? 0.0 : std::max(0.0, center - reach),
          successes == trials ? 1.0 : std::min(1.0, center + reach)};
}

double lower_proportion(std::uint64_t successes, std::uint64_t trials, double level) {
  assert(successes <= trials && trials > 0 && level > 0.0 && level < 1.0);
  if (successes == 0) return 0.0;
  return boost::math::ibeta_inv(static_cast<double>(successes),
                                static_cast<double>(trials - successes + 1), 1.0 - level);
}

double upper_proportion(std::uint64_t successes, std::uint64_t trials, double level) {
  assert(successes <= trials && trials > 0 && level > 0.0 && level < 1.0);
  if (successes == trials) return 1.0;
  return boost::math::ibeta_inv(static_cast<double>(successes + 1),
                                static_cast<double>(trials - successes), level);
}

double log_betting_evidence(int heads, int tosses) {
  assert(0 <= heads && heads <= tosses);
  // B(s+1, n-s+1) = 1 / ((n+1) C(n, s)).
  const double uniform = (tosses + 1) * std::numbers::ln2 - std::log(tosses + 1.0) -
                         log_choose(tosses, heads) + log_fair_lower_tail(tosses + 1, heads);
  const double fixed =
      heads * std::log(2.0 * kClearCase) + (tosses - heads) * std::log(2.0 - 2.0 * kClearCase);
  const double larger = std::max(uniform, fixed);
  return larger + std::log1p(std::exp(-std::abs(uniform - fixed))) - std::numbers::ln2;
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
