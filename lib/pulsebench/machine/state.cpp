#include "pulsebench/machine/state.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "pulsebench/machine/sensors.hpp"
#include "pulsebench/os/pseudo_file.hpp"
#include "pulsebench/vocabulary/try.hpp"

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

Result<CpuList> all_siblings(const Roots& roots, const CpuList& cpus) {
  CpuList siblings;
  for (const int cpu : cpus) {
    PB_TRY(const CpuList others, siblings_of(roots, cpu));
    siblings.insert(siblings.end(), others.begin(), others.end());
  }
  std::sort(siblings.begin(), siblings.end());
  siblings.erase(std::unique(siblings.begin(), siblings.end()), siblings.end());
  return without(siblings, cpus);
}

/// The error of the first reading that failed; empty if both are there.
template <class Reading>
std::string why_missing(const Reading& before, const Reading& after) {
  return !before ? before.error().message : !after ? after.error().message : "";
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
  return {cpu_ticks(roots_),
          cpu_pressure(roots_).map([](const CpuPressure& p) { return p.total_us; }),
          std::chrono::steady_clock::now()};
}

std::vector<StateFact> StateRecorder::passed_since_start() const {
  const Counters now = count();
  const auto siblings = all_siblings(roots_, placement_.measure);
  const CpuList beside_us = siblings.value_or(CpuList{});
  const bool has_ticks = now.ticks && counted_before_.ticks;
  const auto passed_on = [&](const CpuList& cpus) {
    return has_ticks ? ticks_between(*counted_before_.ticks, *now.ticks, cpus) : CpuTicks{};
  };
  const CpuTicks measuring = passed_on(placement_.measure);
  const CpuTicks beside = passed_on(beside_us);
  const std::string no_ticks = has_ticks ? "the run was shorter than a scheduler tick"
                                         : why_missing(counted_before_.ticks, now.ticks);
  const std::string no_sibling =
      siblings ? "no SMT sibling" : os::why_none(siblings.error(), "no topology in /sys");
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
            static_cast<double>(beside.total), beside_us.empty() ? no_sibling : no_ticks),
      share("psi_cpu_stalled_percent", stalled_us, has_pressure ? us : 0.0,
            why_missing(counted_before_.stalled_us, now.stalled_us)),
  };
}

}  // namespace pulsebench::machine
