#include "pulsebench/machine/sensors.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "pulsebench/machine/cgroup_quota.hpp"
#include "pulsebench/machine/placement.hpp"
#include "pulsebench/os/pseudo_file.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::machine {
namespace fs = std::filesystem;
namespace {

Failure absent(std::string why) { return fail(ErrorCode::not_found, std::move(why)); }

fs::path cpu_folder(const Roots& roots, int cpu) {
  return roots.sys / "devices/system/cpu" / fmt::format("cpu{}", cpu);
}

/// Distinct contents of cpufreq/`file` over `cpus`.
Result<std::string> of_cpufreq(const Roots& roots, const CpuList& cpus, const char* file) {
  std::set<std::string> values;
  for (const int cpu : cpus) {
    PB_TRY(const auto& value, os::read_unless_absent(cpu_folder(roots, cpu) / "cpufreq" / file));
    if (value && !value->empty()) values.insert(*value);
  }
  if (!values.empty()) return fmt::format("{}", fmt::join(values, ", "));
  const bool any = !os::entries_of(roots.sys / "devices/system/cpu/cpufreq").empty();
  return absent(any ? fmt::format("this cpufreq driver has no {}", file)
                    : "the kernel does not control the frequency here (no cpufreq)");
}

/// The hottest of several sensors; a sensor that cannot be read counts where no other can be.
class Hottest {
 public:
  void add(const fs::path& sensor) {
    const auto value = os::read_number(sensor);
    if (!value) {
      if (!unread_) unread_ = value.error();
    } else if (!most_ || *value > *most_) {
      most_ = *value;
    }
  }

  /// Of a CPU's monitor, which has a sensor for each core.
  void add_monitor(const fs::path& folder) {
    for (const auto& file : os::entries_of(folder)) {
      const std::string name = file.filename().string();
      if (name.starts_with("temp") && name.ends_with("_input")) add(file);
    }
  }

  [[nodiscard]] Result<std::string> celsius() const {
    if (most_) return fmt::format("{:.1f}", static_cast<double>(*most_) / 1000.0);
    if (unread_) return Failure{*unread_};
    return absent("no CPU temperature sensor here");
  }

 private:
  std::optional<long long> most_;
  std::optional<Error> unread_;
};

}  // namespace

Result<std::string> governor(const Roots& roots, const CpuList& cpus) {
  return of_cpufreq(roots, cpus, "scaling_governor");
}

Result<std::string> energy_preference(const Roots& roots, const CpuList& cpus) {
  return of_cpufreq(roots, cpus, "energy_performance_preference");
}

Result<std::string> frequency_khz(const Roots& roots, const CpuList& cpus) {
  return of_cpufreq(roots, cpus, "scaling_cur_freq");
}

Result<std::string> boost(const Roots& roots) {
  const fs::path cpus = roots.sys / "devices/system/cpu";
  PB_TRY(const auto off, os::read_number_unless_absent(cpus / "intel_pstate/no_turbo"));
  if (off) return *off == 0 ? "on" : "off";
  PB_TRY(const auto all_on, os::read_number_unless_absent(cpus / "cpufreq/boost"));
  if (all_on) return *all_on != 0 ? "on" : "off";
  for (const auto& policy : os::entries_of(cpus / "cpufreq")) {
    PB_TRY(const auto on, os::read_number_unless_absent(policy / "boost"));
    if (on) return *on != 0 ? "on" : "off";
  }
  return absent("no boost or turbo switch here");
}

Result<std::string> sibling_threads(const Roots& roots, const CpuList& cpus) {
  CpuList siblings;
  for (const int cpu : cpus) {
    auto others = siblings_of(roots, cpu);
    if (!others && others.error().code == ErrorCode::not_found) {
      return absent("no topology in /sys");
    }
    PB_CHECK(others);
    siblings.insert(siblings.end(), others->begin(), others->end());
  }
  std::sort(siblings.begin(), siblings.end());
  siblings.erase(std::unique(siblings.begin(), siblings.end()), siblings.end());
  return siblings.empty() ? "none" : format_cpu_list(siblings);
}

Result<std::string> load_1min(const Roots& roots) {
  PB_TRY(const auto content, os::read_pseudo_file(roots.proc / "loadavg"));
  return content.substr(0, content.find(' '));
}

Result<CpuPressure> cpu_pressure(const Roots& roots) {
  PB_TRY(const auto content, os::read_pseudo_file(roots.proc / "pressure/cpu"));
  CpuPressure seen;
  if (std::sscanf(content.c_str(), "some avg10=%lf avg60=%*f avg300=%*f total=%llu", &seen.avg10,
                  &seen.total_us) != 2) {
    return absent("/proc/pressure/cpu is not as expected");
  }
  return seen;
}

Result<std::string> transparent_hugepages(const Roots& roots) {
  PB_TRY(const auto content,
         os::read_pseudo_file(roots.sys / "kernel/mm/transparent_hugepage/enabled"));
  return os::chosen(content);
}

Result<std::string> layout_randomisation(const Roots& roots) {
  PB_TRY(const auto& content, os::read_pseudo_file(roots.proc / "sys/kernel/randomize_va_space"));
  return content == "0" ? "off" : content == "1" ? "partial" : "full";
}

Result<std::string> temperature_celsius(const Roots& roots) {
  static constexpr std::array<const char*, 3> kCpuSensors{"coretemp", "k10temp", "zenpower"};
  Hottest hottest;
  for (const auto& monitor : os::entries_of(roots.sys / "class/hwmon")) {
    PB_TRY(const auto& name, os::read_unless_absent(monitor / "name"));
    if (std::ranges::find(kCpuSensors, name.value_or("")) == kCpuSensors.end()) continue;
    hottest.add_monitor(monitor);
  }
  for (const auto& zone : os::entries_of(roots.sys / "class/thermal")) {
    PB_TRY(const auto& type, os::read_unless_absent(zone / "type"));
    if (type != "x86_pkg_temp" && !type.value_or("").starts_with("cpu")) continue;
    hottest.add(zone / "temp");
  }
  return hottest.celsius();
}

Result<std::string> throttle_count(const Roots& roots, const CpuList& cpus) {
  long long sum = 0;
  bool any = false;
  for (const int cpu : cpus) {
    for (const char* file : {"core_throttle_count", "package_throttle_count"}) {
      const auto counter = cpu_folder(roots, cpu) / "thermal_throttle" / file;
      PB_TRY(const auto count, os::read_number_unless_absent(counter));
      any = any || count;
      sum += count.value_or(0);
    }
  }
  if (!any) return absent("the kernel counts no throttling here");
  return std::to_string(sum);
}

Result<std::string> clocksource(const Roots& roots) {
  return os::read_pseudo_file(roots.sys /
                              "devices/system/clocksource/clocksource0/current_clocksource");
}

Result<std::string> cpu_quota(const Roots& roots) {
  PB_TRY(const auto quota, cgroup_cpu_quota(roots));
  return quota ? fmt::format("{:.2f} CPUs", *quota) : "none";
}

}  // namespace pulsebench::machine
