#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "pulsebench/profile/sampled_stacks.hpp"
#include "pulsebench/profile/symbolizer.hpp"
#include "pulsebench/vocabulary/names.hpp"
#include "pulsebench/vocabulary/units.hpp"

namespace pulsebench::profile {

/// What costs are reported of.
enum class Operation {
  operation,
  run,     ///< of a program, in CPU time
  request  ///< to a server, in its CPU time
};

/// Where a benchmark spends its time, by samples of several processes.
struct CpuProfile {
  std::string benchmark = {};  ///< or a workload
  Operation operation = Operation::operation;
  std::vector<std::string> unseen = {};  ///< what of the time no samples can show
  std::string by = {};                   ///< "perf" or "timer"
  std::string refused = {};              ///< why it is not perf
  double period_ns = 0.0;                ///< between two samples
  FrameTable frames = {};
  std::vector<LaunchSamples> launches = {};
  std::uint64_t lost = 0, throttled = 0;
  double sampled_seconds = 0.0;
  double sampled_ns_per_op = 0.0;  ///< mean of the sampled slices
  double mean_ns_per_op = 0.0;     ///< mean of the others
  double reading_seconds = 0.0;    ///< of finding callers and names
  std::vector<UnnamedFile> unnamed_files = {};
  int interrupted_by = 0;  ///< the signal, or 0

  [[nodiscard]] std::uint64_t samples() const;
  [[nodiscard]] std::uint64_t outside() const;
  [[nodiscard]] std::uint64_t truncated() const;
  /// Those that the time and the period promise.
  [[nodiscard]] double expected() const { return sampled_seconds * 1e9 / period_ns; }
  /// The median over the processes of the 25 % quantile of slices without samples.
  [[nodiscard]] Cost cost() const;
};

/// What one function or line costs.
struct HotSpot {
  std::string name = {};
  Frame hottest = {};  ///< the frame in which most of its own samples are
  std::uint64_t samples = 0, total_samples = 0;
  double self_share = 0.0;   ///< of all samples
  double total_share = 0.0;  ///< with what it calls
  Cost self = {}, total = {};
  std::optional<Cost> uncertainty = {};  ///< of `self`: half the 95 % interval over processes
};

/// The spots of a profile, the hottest first.
[[nodiscard]] std::vector<HotSpot> hot_spots(const CpuProfile& profile, SpotsBy by);

/// The frame with the most own samples of each spot.
[[nodiscard]] std::map<std::string, Frame> hottest_frames(const CpuProfile& profile, SpotsBy by);

/// Sums of one process by the name of a spot.
struct SpotSamples {
  std::uint64_t self = 0, total = 0;
};
using SpotCounts = std::map<std::string, SpotSamples>;

[[nodiscard]] SpotCounts count_spots(const FrameTable& frames, const LaunchSamples& launch,
                                     SpotsBy by);

}  // namespace pulsebench::profile

namespace pulsebench {

template <>
inline constexpr auto kNames<profile::Operation> =
    std::to_array<Named<profile::Operation>>({{profile::Operation::operation, "operation"},
                                              {profile::Operation::run, "run"},
                                              {profile::Operation::request, "request"}});

}  // namespace pulsebench
