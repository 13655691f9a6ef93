#include "pulsebench/compare/observations.hpp"

#include <algorithm>
#include <cmath>

#include "pulsebench/compare/block_change.hpp"
#include "pulsebench/stats/modes.hpp"
#include "pulsebench/stats/quantile.hpp"

namespace pulsebench::compare {
namespace {

constexpr double kModesApart = 1.01;         // closer ones decide nothing
constexpr long kDisturbedWorthTelling = 10;  // per cent of slices

}  // namespace

std::optional<Reason> modes_seen(std::span<const double> launches, Side side) {
  const std::vector<double> ascending = stats::sorted(launches);
  const auto at = stats::two_modes(ascending);
  if (!at) return {};
  const auto lower = std::span{ascending}.first(*at);
  const auto upper = std::span{ascending}.subspan(*at);
  const double low = stats::median(lower);
  const double high = stats::median(upper);
  if (high < kModesApart * low) return {};
  return Reason{
      .code = ReasonCode::two_modes,
      .numbers = {static_cast<double>(lower.size()), low, static_cast<double>(upper.size()), high},
      .side = side};
}

std::optional<Reason> disturbances_seen(std::span<const Visit> visits, Side side) {
  std::size_t slices = 0;
  std::ptrdiff_t disturbed = 0;
  for (const Visit& visit : visits) {
    slices += visit.slices.size();
    disturbed += std::ranges::count_if(visit.slices, &Slice::disturbed);
  }
  if (slices == 0) return {};
  const long percent =
      std::lround(100.0 * static_cast<double>(disturbed) / static_cast<double>(slices));
  if (percent < kDisturbedWorthTelling) return {};
  return Reason{.code = ReasonCode::slices_disturbed,
                .numbers = {static_cast<double>(percent)},
                .side = side};
}

std::vector<Reason> seen_live(std::span<const Visit> visits, Side side) {
  std::vector<double> launches;
  for (const Visit& visit : visits) launches.push_back(low_quantile(visit));
  std::vector<Reason> seen;
  if (auto disturbed = disturbances_seen(visits, side)) seen.push_back(*std::move(disturbed));
  if (auto modes = modes_seen(launches, side)) seen.push_back(*std::move(modes));
  return seen;
}

}  // namespace pulsebench::compare
