#include "pulsebench/compare/block_change.hpp"

#include <cassert>
#include <vector>

#include "pulsebench/compare/oriented_change.hpp"
#include "pulsebench/stats/quantile.hpp"
#include "pulsebench/stats/spread.hpp"

namespace pulsebench::compare {
namespace {

constexpr std::size_t kFewestUndisturbed = 4;

std::vector<double> sorted_slices(const Visit& visit) {
  std::vector<double> slices;
  for (const Slice& slice : visit.slices) slices.push_back(slice.ns_per_op);
  return stats::sorted(slices);
}

std::vector<double> undisturbed(const Visit& visit) {
  std::vector<double> slices;
  for (const Slice& slice : visit.slices) {
    if (!slice.disturbed()) slices.push_back(slice.ns_per_op);
  }
  return slices;
}

double guard_change(const Visit& old_side, const Visit& new_side, const BenchmarkInfo& info) {
  if (old_side.guard && new_side.guard) {
    return oriented_log_ratio(*old_side.guard, *new_side.guard, info);
  }
  const auto calm_old = undisturbed(old_side);
  const auto calm_new = undisturbed(new_side);
  if (calm_old.size() >= kFewestUndisturbed && calm_new.size() >= kFewestUndisturbed) {
    return oriented_log_ratio(stats::mean(calm_old), stats::mean(calm_new), info);
  }
  return oriented_log_ratio(stats::quantile(sorted_slices(old_side), 0.5),
                            stats::quantile(sorted_slices(new_side), 0.5), info);
}

}  // namespace

double low_quantile(const Visit& visit) { return stats::quantile(sorted_slices(visit), 0.25); }

BlockChange block_change(const Visit& old_side, const Visit& new_side, const BenchmarkInfo& info) {
  assert(!old_side.slices.empty() && !new_side.slices.empty());
  return {.low_quantile = oriented_log_ratio(low_quantile(old_side), low_quantile(new_side), info),
          .mean = guard_change(old_side, new_side, info)};
}

}  // namespace pulsebench::compare
