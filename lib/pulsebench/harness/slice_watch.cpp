#include "pulsebench/harness/slice_watch.hpp"

#include <algorithm>
#include <numeric>

#include "pulsebench/vocabulary/sample.hpp"

namespace pulsebench::harness {
namespace {

constexpr double kUnusuallySlow = 1.05;

/// Wall time above which a slice is unusually long.
double bar_of(std::span<const SeenSlice> slices) {
  std::vector<double> walls;
  for (const SeenSlice& slice : slices) walls.push_back(slice.wall_ns);
  const auto quarter = walls.begin() + static_cast<std::ptrdiff_t>((walls.size() - 1) / 4);
  std::nth_element(walls.begin(), quarter, walls.end());
  return kUnusuallySlow * *quarter;
}

/// Slices that may have been disturbed, the most likely first.
std::vector<std::size_t> suspects(std::span<const SeenSlice> slices, double bar) {
  std::vector<std::size_t> order(slices.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::erase_if(order,
                [&](std::size_t i) { return !slices[i].switched && slices[i].wall_ns <= bar; });
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    if (slices[a].switched != slices[b].switched) return slices[a].switched;
    return slices[a].wall_ns > slices[b].wall_ns;
  });
  return order;
}

/// CPU time as a share of the wall time of switched slices.
double share_on_cpu(std::span<const SeenSlice> slices, double cpu_ns) {
  double switched = 0.0;
  for (const SeenSlice& slice : slices) {
    if (slice.switched) {
      switched += slice.wall_ns;
    } else {
      cpu_ns -= slice.wall_ns;
    }
  }
  return switched > 0.0 ? std::clamp(cpu_ns / switched, 0.0, 1.0) : 1.0;
}

}  // namespace

std::vector<SliceNote> attribute(std::span<const SeenSlice> slices,
                                 const KernelCounters::Reading& between) {
  std::vector<SliceNote> notes;
  if (slices.empty()) return notes;
  const double share = share_on_cpu(slices, static_cast<double>(between.cpu_ns));
  for (const SeenSlice& slice : slices) {
    notes.push_back({.cpu_ns = slice.switched ? share * slice.wall_ns : slice.wall_ns});
  }
  const double bar = bar_of(slices);
  std::int64_t preempted = between.involuntary_switches;
  std::int64_t faulted = between.major_faults;
  const bool waited = between.run_delay_ns > 0;
  for (const std::size_t i : suspects(slices, bar)) {
    std::uint32_t& causes = notes[i].disturbances;
    if (preempted-- > 0) causes |= bit_of(Disturbance::preempted);
    if (faulted-- > 0) causes |= bit_of(Disturbance::faulted);
    const bool late = slices[i].switched && slices[i].wall_ns > bar;
    if (waited && (causes != 0 || late)) causes |= bit_of(Disturbance::run_delay);
  }
  return notes;
}

SliceWatch::SliceWatch(const TickClock& clock, std::size_t slices, bool each_slice)
    : clock_(clock), each_slice_(each_slice || !mark_.works()) {
  taken_.reserve(slices);
}

void SliceWatch::begin_row() {
  row_before_ = kernel_counters_.read();
  row_begin_ = clock_.begin();
}

void SliceWatch::end_slice(std::uint64_t ticks) {
  if (!each_slice_) {
    taken_.push_back({ticks, mark_.is_gone(), 0, 0});
    return;
  }
  const KernelCounters::Reading after = kernel_counters_.read();
  taken_.push_back(
      {ticks, false, after.cpu_ns - before_.cpu_ns, KernelCounters::causes(before_, after)});
}

void SliceWatch::end_row() {
  row_end_ = clock_.end();
  row_after_ = kernel_counters_.read();
}

std::vector<SliceNote> SliceWatch::notes() const {
  const double overhead = kernel_counters_.overhead_cpu_ns();
  if (each_slice_) {
    std::vector<SliceNote> notes;
    for (const Taken& slice : taken_) {
      notes.push_back(
          {std::max(static_cast<double>(slice.cpu_ns) - overhead, 0.0), slice.disturbances});
    }
    return notes;
  }
  const double ns_per_tick = clock_.ns_per_tick();
  std::vector<SeenSlice> seen;
  double between_slices = static_cast<double>(row_end_ - row_begin_) * ns_per_tick;
  for (const Taken& slice : taken_) {
    seen.push_back({static_cast<double>(slice.ticks) * ns_per_tick, slice.switched});
    between_slices -= seen.back().wall_ns;
  }
  const double cpu_ns = static_cast<double>(row_after_.cpu_ns - row_before_.cpu_ns) - overhead -
                        std::max(between_slices, 0.0);
  return attribute(seen, {.cpu_ns = static_cast<std::uint64_t>(std::max(cpu_ns, 0.0)),
                          .run_delay_ns = row_after_.run_delay_ns - row_before_.run_delay_ns,
                          .involuntary_switches =
                              row_after_.involuntary_switches - row_before_.involuntary_switches,
                          .major_faults = row_after_.major_faults - row_before_.major_faults});
}

}  // namespace pulsebench::harness
