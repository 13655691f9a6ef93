#include "pulsebench/profile/cpu_profile.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "pulsebench/stats/quantile.hpp"
#include "pulsebench/stats/spread.hpp"
#include "pulsebench/stats/student.hpp"

namespace pulsebench::profile {
namespace {

/// The spot that a stack's own samples belong to: its innermost frame that is one.
std::string innermost_spot(const FrameTable& frames, const FrameNumbers& stack, SpotsBy by) {
  for (const std::uint32_t number : stack) {
    std::string name = spot_of(frames[number], by);
    if (!name.empty()) return name;
  }
  return {};
}

template <class Of>
std::uint64_t sum_of(const std::vector<LaunchSamples>& launches, Of of) {
  std::uint64_t sum = 0;
  for (const LaunchSamples& launch : launches) sum += launch.*of;
  return sum;
}

/// Figures of a spot, one a process.
struct Spread {
  std::vector<double> self_ns, total_ns;
};

double share(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

std::uint64_t CpuProfile::samples() const { return sum_of(launches, &LaunchSamples::samples); }
std::uint64_t CpuProfile::outside() const { return sum_of(launches, &LaunchSamples::outside); }
std::uint64_t CpuProfile::truncated() const { return sum_of(launches, &LaunchSamples::truncated); }

Cost CpuProfile::cost() const {
  if (launches.empty()) return {};
  std::vector<double> costs;
  for (const LaunchSamples& launch : launches) costs.push_back(launch.p25_ns_per_op);
  return Cost{stats::median(costs)};
}

std::map<std::string, Frame> hottest_frames(const CpuProfile& profile, SpotsBy by) {
  std::map<std::string, std::map<std::uint32_t, std::uint64_t>> counts;
  for (const LaunchSamples& launch : profile.launches) {
    for (const auto& [stack, samples] : launch.stacks) {
      counts[innermost_spot(profile.frames, stack, by)][stack.front()] += samples;
    }
  }
  std::map<std::string, Frame> hottest;
  for (const auto& [name, frames] : counts) {
    const auto most = std::max_element(
        frames.begin(), frames.end(),
        [](const auto& left, const auto& right) { return left.second < right.second; });
    hottest[name] = profile.frames[most->first];
  }
  return hottest;
}

SpotCounts count_spots(const FrameTable& frames, const LaunchSamples& launch, SpotsBy by) {
  SpotCounts counts;
  std::set<std::string> seen;
  for (const auto& [stack, samples] : launch.stacks) {
    seen.clear();
    for (const std::uint32_t number : stack) {
      std::string name = spot_of(frames[number], by);
      if (name.empty()) continue;
      if (seen.empty()) counts[name].self += samples;
      // A recursive function is in a stack more than once.
      if (seen.insert(name).second) counts[name].total += samples;
    }
  }
  return counts;
}

std::vector<HotSpot> hot_spots(const CpuProfile& profile, SpotsBy by) {
  std::map<std::string, HotSpot> spots;
  std::map<std::string, Spread> spreads;
  std::size_t launch_number = 0;
  for (const LaunchSamples& launch : profile.launches) {
    for (const auto& [name, counted] : count_spots(profile.frames, launch, by)) {
      HotSpot& spot = spots[name];
      spot.samples += counted.self;
      spot.total_samples += counted.total;
      Spread& spread = spreads[name];
      // Processes without a sample of it count as well.
      spread.self_ns.resize(launch_number, 0.0);
      spread.total_ns.resize(launch_number, 0.0);
      spread.self_ns.push_back(share(counted.self, launch.samples) * launch.p25_ns_per_op);
      spread.total_ns.push_back(share(counted.total, launch.samples) * launch.p25_ns_per_op);
    }
    ++launch_number;
  }
  const auto hottest = hottest_frames(profile, by);
  std::vector<HotSpot> sorted;
  for (auto& [name, spot] : spots) {
    Spread& spread = spreads[name];
    spread.self_ns.resize(launch_number, 0.0);
    spread.total_ns.resize(launch_number, 0.0);
    spot.name = name;
    if (const auto found = hottest.find(name); found != hottest.end()) spot.hottest = found->second;
    spot.self_share = share(spot.samples, profile.samples());
    spot.total_share = share(spot.total_samples, profile.samples());
    spot.self = Cost{stats::mean(spread.self_ns)};
    spot.total = Cost{stats::mean(spread.total_ns)};
    if (launch_number >= 2) {
      const auto n = static_cast<double>(launch_number);
      spot.uncertainty = Cost{stats::upper_student(0.025, n - 1.0) *
                              stats::standard_deviation(spread.self_ns) / std::sqrt(n)};
    }
    sorted.push_back(std::move(spot));
  }
  std::stable_sort(sorted.begin(), sorted.end(), [](const HotSpot& left, const HotSpot& right) {
    return std::pair{left.samples, left.total_samples} >
           std::pair{right.samples, right.total_samples};
  });
  return sorted;
}

}  // namespace pulsebench::profile
