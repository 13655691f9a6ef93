#include "pulsebench/run/preemptions.hpp"

#include <algorithm>
#include <functional>
#include <vector>

namespace pulsebench::run {
namespace {

constexpr double kUnusualShare = 0.02;

double wait_of(const Slice& slice) { return std::max(slice.ns_per_op - slice.cpu_ns_per_op, 0.0); }

double low_quartile(std::vector<double> values) {
  std::ranges::sort(values);
  return values[(values.size() - 1) / 4];
}

}  // namespace

void tag_preempted(std::span<Slice> slices, long involuntary_switches) {
  if (slices.empty()) return;
  std::vector<double> times, waits;
  std::vector<Slice*> longest_wait_first;
  for (Slice& slice : slices) {
    times.push_back(slice.ns_per_op);
    waits.push_back(wait_of(slice));
    longest_wait_first.push_back(&slice);
  }
  const double bar = low_quartile(waits) + kUnusualShare * low_quartile(times);
  std::ranges::stable_sort(longest_wait_first, std::greater{},
                           [](const Slice* slice) { return wait_of(*slice); });
  for (Slice* slice : longest_wait_first) {
    if (involuntary_switches-- <= 0 || wait_of(*slice) <= bar) break;
    slice->disturbances |= static_cast<std::uint32_t>(Disturbance::preempted);
  }
}

}  // namespace pulsebench::run
