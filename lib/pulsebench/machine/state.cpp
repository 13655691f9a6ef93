#include "pulsebench/machine/state.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "pulsebench/machine/sensors.hpp"

namespace pulsebench::machine {
namespace {

/// First observation of a fact: the reading, or the reason why there is none.
StateFact fact(std::string name, const Result<std::string>& reading) {
  StateFact seen{std::move(name), "", "", "", ""};
  if (reading) {
    seen.before = *reading;
  } else {
    seen.reason = reading.error().message;
  }
  return seen;
}

/// Fact with `part` of `whole` over the run, in percent, as `after`.
StateFact share(std::string name, double part, double whole, std::string why_none) {
  StateFact seen{std::move(name), "", "", "", ""};
  if (whole > 0.0) {
    seen.after = fmt::format("{:.2f}", 100.0 * part / whole);
  } else {
    seen.reason = std::move(why_none);
  }
  return seen;
}

CpuList all_siblings(const Roots& roots, const CpuList& cpus) {
  CpuList siblings;
  for (const int cpu : cpus) {
    for (const int sibling : siblings_of(roots, cpu)) siblings.push_back(sibling);
  }
  std::sort(siblings.begin(), siblings.end());
  siblings.erase(std::unique(siblings.begin(), siblings.end()), siblings.end());
  return without(siblings, cpus);
}

}  // namespace

StateRecorder::StateRecorder(Roots roots, Placement placement, Kernel& kernel)
    : roots_(std::move(roots)),
      placement_(std::move(placement)),
      kernel_(&kernel),
      before_(observe()),
      counted_before_(count()) {}

std::vector<StateFact> StateRecorder::finish() const {
  std::vector<StateFact> facts = before_;
  const auto passed = passed_since_start();
  const auto now = observe();
  for (std::size_t i = 0; i < facts.size(); ++i) {
    facts[i].after = now[i].before;
    if (facts[i].reason.empty()) facts[i].reason = now[i].reason;
  }
  facts.insert(facts.end(), passed.begin(), passed.end());
  return facts;
}

std::vector<StateFact> StateRecorder::observe() const {
  const CpuList& cpus = placement_.measure;
  const auto pressure = cpu_pressure(roots_);
  return {
      reached_affinity(),
      fact("governor", governor(roots_, cpus)),
      fact("energy_preference", energy_preference(roots_, cpus)),
      fact("boost", boost(roots_)),
      fact("frequency_khz", frequency_khz(roots_, cpus)),
      fact("smt_sibling", sibling_threads(roots_, cpus)),
      fact("load_1min", load_1min(roots_)),
      fact("psi_cpu_avg10_percent",
           pressure.map([](const CpuPressure& p) { return fmt::format("{:.2f}", p.avg10); })),
      fact("transparent_hugepages", transparent_hugepages(roots_)),
      fact("aslr", layout_randomisation(roots_)),
      fact("temperature_celsius", temperature_celsius(roots_)),
      fact("throttle_count", throttle_count(roots_, cpus)),
      fact("clocksource", clocksource(roots_)),
      fact("cgroup_cpu_quota", cpu_quota(roots_)),
  };
}

StateFact StateRecorder::reached_affinity() const {
  StateFact seen{"affinity", format_cpu_list(placement_.measure), "", "", ""};
  const auto home = kernel_->affinity();
  if (!home) {
    seen.reason = home.error().message;
    return seen;
  }
  const auto pinned = pin_to(placement_.measure, *kernel_);
  if (!pinned) seen.reason = pinned.error().message;
  if (const auto reached = kernel_->affinity()) seen.before = format_cpu_list(*reached);
  if (const auto back = pin_to(*home, *kernel_); !back) seen.reason = back.error().message;
  return seen;
}

StateRecorder::Counters StateRecorder::count() const {
  const auto pressure = cpu_pressure(roots_);
  return {cpu_ticks(roots_), pressure ? std::optional{pressure->total_us} : std::nullopt,
          std::chrono::steady_clock::now()};
}

std::vector<StateFact> StateRecorder::passed_since_start() const {
  const Counters now = count();
  const CpuList siblings = all_siblings(roots_, placement_.measure);
  const auto measuring = ticks_between(counted_before_.ticks, now.ticks, placement_.measure);
  const auto beside = ticks_between(counted_before_.ticks, now.ticks, siblings);
  const std::string no_ticks =
      now.ticks.empty() ? "no /proc/stat" : "the run was shorter than a scheduler tick";
  const bool has_pressure = now.stalled_us && counted_before_.stalled_us;
  const double stalled_us = has_pressure ? static_cast<double>(*now.stalled_us) -
                                               static_cast<double>(*counted_before_.stalled_us)
                                         : 0.0;
  const double us =
      std::chrono::duration<double, std::micro>(now.when - counted_before_.when).count();
  return {
      share("steal_percent", static_cast<double>(measuring.steal),
            static_cast<double>(measuring.total), no_ticks),
      share("smt_sibling_busy_percent", static_cast<double>(beside.total - beside.idle),
            static_cast<double>(beside.total), siblings.empty() ? "no SMT sibling" : no_ticks),
      share("psi_cpu_stalled_percent", stalled_us, has_pressure ? us : 0.0,
            "no /proc/pressure/cpu"),
  };
}

}  // namespace pulsebench::machine
