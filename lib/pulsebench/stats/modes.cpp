#include "pulsebench/stats/modes.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

#include "pulsebench/stats/spread.hpp"

namespace pulsebench::stats {
namespace {

constexpr std::size_t kFewestValues = 16;
constexpr std::size_t kFewestOfAMode = 3;
constexpr double kApart = 6.0;

double squares_within(std::span<const double> values) {
  const double deviation = standard_deviation(values);
  return deviation * deviation * static_cast<double>(values.size() - 1);
}

}  // namespace

std::optional<std::size_t> two_modes(std::span<const double> ascending) {
  assert(std::is_sorted(ascending.begin(), ascending.end()));
  const std::size_t n = ascending.size();
  if (n < kFewestValues) return std::nullopt;
  const std::size_t least = std::max(kFewestOfAMode, (n + 9) / 10);
  std::size_t best = least;
  double fewest_squares = std::numeric_limits<double>::infinity();
  for (std::size_t at = least; at + least <= n; ++at) {
    const double squares =
        squares_within(ascending.first(at)) + squares_within(ascending.subspan(at));
    if (squares >= fewest_squares) continue;
    fewest_squares = squares;
    best = at;
  }
  const auto lower = ascending.first(best);
  const auto upper = ascending.subspan(best);
  const double spread = std::hypot(standard_deviation(lower), standard_deviation(upper));
  const double distance = mean(upper) - mean(lower);
  if (distance <= 0.0 || std::sqrt(2.0) * distance <= kApart * spread) return std::nullopt;
  return best;
}

}  // namespace pulsebench::stats
