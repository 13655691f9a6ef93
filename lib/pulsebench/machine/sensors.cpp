#include "pulsebench/machine/sensors.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <set>

#include <fmt/format.h>

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
    const auto value = os::read_pseudo_file(cpu_folder(roots, cpu) / "cpufreq" / file);
    if (!value && value.error().code != ErrorCode::not_found) return Failure{value.error()};
    if (value && !value->empty()) values.insert(*value);
  }
  if (!values.empty()) return fmt::format("{}", fmt::join(values, ", "));
  const bool any = !os::entries_of(roots.sys / "devices/system/cpu/cpufreq").empty();
  return absent(any ? fmt::format("this cpufreq driver has no {}", file)
                    : "the kernel does not control the frequency here (no cpufreq)");
}

std::optional<long long> hottest(const fs::path& folder, const char* prefix) {
  std::optional<long long> most;
  for (const auto& file : os::entries_of(folder)) {
    const std::string name = file.filename().string();
    const bool input = name.size() > 6 && name.compare(name.size() - 6, 6, "_input") == 0;
    if (name.rfind(prefix, 0) != 0 || !input) continue;
    const auto value = os::read_number(file);
    if (value && (!most || *value > *most)) most = *value;
  }
  return most;
}

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
  const auto off = os::read_number(cpus / "intel_pstate/no_turbo");
  if (off) return *off == 0 ? "on" : "off";
  if (off.error().code != ErrorCode::not_found) return Failure{off.error()};
  const auto all_on = os::read_number(cpus / "cpufreq/boost");
  if (all_on) return *all_on != 0 ? "on" : "off";
  if (all_on.error().code != ErrorCode::not_found) return Failure{all_on.error()};
  for (const auto& policy : os::entries_of(cpus / "cpufreq")) {
    if (const auto on = os::read_number(policy / "boost")) return *on != 0 ? "on" : "off";
  }
  return absent("no boost or turbo switch here");
}

Result<std::string> sibling_threads(const Roots& roots, const CpuList& cpus) {
  CpuList siblings;
  bool known = false;
  for (const int cpu : cpus) {
    known = known || os::read_if_there(cpu_folder(roots, cpu) / "topology/thread_siblings_list");
    for (const int sibling : siblings_of(roots, cpu)) siblings.push_back(sibling);
  }
  if (!known) return absent("no topology in /sys");
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
  std::optional<long long> most;
  for (const auto& monitor : os::entries_of(roots.sys / "class/hwmon")) {
    const std::string name = os::read_if_there(monitor / "name").value_or("");
    if (std::find(kCpuSensors.begin(), kCpuSensors.end(), name) == kCpuSensors.end()) continue;
    const auto value = hottest(monitor, "temp");
    if (value && (!most || *value > *most)) most = *value;
  }
  for (const auto& zone : os::entries_of(roots.sys / "class/thermal")) {
    const std::string type = os::read_if_there(zone / "type").value_or("");
    if (type != "x86_pkg_temp" && type.rfind("cpu", 0) != 0) continue;
    const auto value = os::read_number(zone / "temp");
    if (value && (!most || *value > *most)) most = *value;
  }
  if (!most) return absent("no CPU temperature sensor here");
  return fmt::format("{:.1f}", static_cast<double>(*most) / 1000.0);
}

Result<std::string> throttle_count(const Roots& roots, const CpuList& cpus) {
  long long sum = 0;
  bool any = false;
  for (const int cpu : cpus) {
    for (const char* file : {"core_throttle_count", "package_throttle_count"}) {
      const auto count = os::read_number(cpu_folder(roots, cpu) / "thermal_throttle" / file);
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
