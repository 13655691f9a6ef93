#include "pulsebench/compare/observations.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "pulsebench/compare/block_change.hpp"
#include "pulsebench/stats/modes.hpp"
#include "pulsebench/stats/quantile.hpp"

namespace pulsebench::compare {
namespace {

constexpr double kModesApart = 1.01;         // closer ones decide nothing
constexpr long kDisturbedWorthTelling = 10;  // per cent of slices

/// As few as three, and never as a power of ten.
std::string three_digits(double ns) {
  return ns < 1000.0 ? fmt::format("{:.3g}", ns) : fmt::format("{:.0f}", ns);
}

}  // namespace

std::string modes_seen(std::span<const double> launches, const char* side) {
  const std::vector<double> ascending = stats::sorted(launches);
  const auto at = stats::two_modes(ascending);
  if (!at) return {};
  const auto lower = std::span{ascending}.first(*at);
  const auto upper = std::span{ascending}.subspan(*at);
  const double low = stats::median(lower);
  const double high = stats::median(upper);
  if (high < kModesApart * low) return {};
  return fmt::format("{} launches fall into two modes: {} near {} ns, {} near {} ns", side,
                     lower.size(), three_digits(low), upper.size(), three_digits(high));
}

std::string disturbances_seen(std::span<const Visit> visits, const char* side) {
  std::size_t slices = 0;
  std::ptrdiff_t disturbed = 0;
  for (const Visit& visit : visits) {
    slices += visit.slices.size();
    disturbed += std::count_if(visit.slices.begin(), visit.slices.end(),
                               [](const Slice& slice) { return slice.disturbed(); });
  }
  if (slices == 0) return {};
  const long percent =
      std::lround(100.0 * static_cast<double>(disturbed) / static_cast<double>(slices));
  return percent < kDisturbedWorthTelling
             ? std::string{}
             : fmt::format("{} % of {} slices disturbed", percent, side);
}

std::vector<std::string> seen_live(std::span<const Visit> visits, const char* side) {
  std::vector<double> launches;
  for (const Visit& visit : visits) launches.push_back(low_quantile(visit));
  std::vector<std::string> seen{disturbances_seen(visits, side), modes_seen(launches, side)};
  std::erase(seen, std::string{});
  return seen;
}

}  // namespace pulsebench::compare
