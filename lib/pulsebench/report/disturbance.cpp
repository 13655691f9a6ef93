#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <span>
#include <string>
#include <vector>

#include "pulsebench/render/quantity.hpp"
#include "pulsebench/report/run_notes.hpp"

namespace pulsebench::report {
namespace {

int sum(const std::vector<int>& column) { return std::accumulate(column.begin(), column.end(), 0); }

Percent share_of(int part, int whole) { return Percent{100.0 * part / std::max(whole, 1)}; }

}  // namespace

Percent Disturbance::share() const { return share_of(disturbed, slices); }

std::vector<std::string> Disturbance::causes() const {
  constexpr double kSlicesWorthALine = 1.0;
  constexpr double kLaunchesWorthALine = 10.0;
  std::vector<std::string> causes;
  const auto add_slices = [&](int part, const char* what) {
    if (part == 0 || share().value < kSlicesWorthALine) return;
    causes.push_back(fmt::format("{} % {}", render::format_percent(share_of(part, slices)), what));
  };
  add_slices(slowed, "core slowed down");
  add_slices(waited, "waiting for a CPU");
  add_slices(preempted, "preempted");
  add_slices(faulted, "reading a page from the disk");
  const auto add_launches = [&](int part, const char* what) {
    if (share_of(part, launches).value < kLaunchesWorthALine) return;
    causes.push_back(fmt::format("{} in {} of {} launches", what, part, launches));
  };
  add_launches(stolen, "the host took the CPU");
  add_launches(crowded, "more tasks than CPUs");
  return causes;
}

Disturbance disturbance_of(std::span<const baseline::BenchmarkResult> results) {
  Disturbance all;
  for (const auto& result : results) {
    all.launches += static_cast<int>(result.launches.launch.size());
    all.slices += sum(result.launches.slices);
    all.disturbed += sum(result.launches.disturbed);
    all.waited += result.disturbed_run_delay;
    all.preempted += result.disturbed_preempted;
    all.faulted += result.disturbed_faulted;
    all.slowed += result.disturbed_slow_core;
    all.crowded += result.launches_crowded;
    all.stolen += result.launches_stolen;
  }
  return all;
}

}  // namespace pulsebench::report
