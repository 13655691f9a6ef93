#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "pulsebench/doctor/examination.hpp"
#include "pulsebench/machine/sensors.hpp"
#include "pulsebench/os/pseudo_file.hpp"

namespace pulsebench::doctor {
namespace {

double percent(double part, double whole) { return whole > 0.0 ? 100.0 * part / whole : 0.0; }

double milliseconds(std::chrono::nanoseconds time) {
  return std::chrono::duration<double, std::milli>(time).count();
}

Check pinning_check(const Examination& seen) {
  const auto home = seen.kernel.affinity();
  if (!home) return {"pinning", CheckState::bad, home.error().message, "benchmarks migrate", ""};
  const auto pinned = machine::pin_to(seen.placement.measure, seen.kernel);
  const auto back = machine::pin_to(*home, seen.kernel);
  const std::string cpus = machine::format_cpu_list(seen.placement.measure);
  if (pinned && back) {
    return passed("pinning", fmt::format("CPU {} reached ({})", cpus, seen.placement.why));
  }
  return {"pinning", CheckState::bad, pinned ? back.error().message : pinned.error().message,
          "benchmarks migrate between CPUs and lose their caches",
          fmt::format("pulsebench run --cpus {}", machine::format_cpu_list(*home))};
}

Check orchestrator_check(const Examination& seen) {
  const auto& placement = seen.placement;
  if (!placement.warning.empty()) {
    return {"own_cpu", CheckState::bad, placement.warning,
            "pulsebench itself takes CPU time from the benchmark", ""};
  }
  return passed("own_cpu", fmt::format("measuring on {}, pulsebench itself on {}",
                                       machine::format_cpu_list(placement.measure),
                                       machine::format_cpu_list(placement.orchestrate)));
}

Check smt_check(const Examination& seen) {
  const auto siblings = machine::sibling_threads(seen.roots, seen.placement.measure);
  if (!siblings) return not_applicable("smt_sibling", siblings.error().message);
  if (*siblings == "none") return passed("smt_sibling", "none");
  const auto cpus = machine::parse_cpu_list(*siblings).value_or(machine::CpuList{});
  return {"smt_sibling", CheckState::warning, fmt::format("CPU {} is online", *siblings),
          "a task on the sibling thread can halve the speed of the measuring core",
          fmt::format("echo 0 | sudo tee /sys/devices/system/cpu/cpu{}/online",
                      cpus.size() == 1 ? *siblings : fmt::format("{{{}}}", fmt::join(cpus, ",")))};
}

Check isolation_check(const Examination& seen) {
  const auto text = os::read_pseudo_file(seen.roots.sys / "devices/system/cpu/isolated");
  const auto isolated = machine::parse_cpu_list(text.value_or("")).value_or(machine::CpuList{});
  const machine::CpuList& cpus = seen.placement.measure;
  if (machine::without(cpus, isolated).empty())
    return passed("isolation", machine::format_cpu_list(isolated));
  if (!text) {
    return not_applicable("isolation",
                          os::why_none(text.error(), "no list of isolated CPUs in /sys"));
  }
  const std::string list = machine::format_cpu_list(cpus);
  return {
      "isolation", CheckState::warning,
      isolated.empty() ? "no CPU is isolated" : "isolated: " + machine::format_cpu_list(isolated),
      "the scheduler, timers and RCU use the measuring CPU too",
      fmt::format("kernel command line: isolcpus={0} nohz_full={0} rcu_nocbs={0}", list)};
}

Check load_check(const Examination& seen) {
  const auto text = machine::load_1min(seen.roots);
  if (!text) return not_applicable("load", text.error().message);
  const double load = std::strtod(text->c_str(), nullptr);
  const auto cpus = seen.placement.measure.size() + seen.placement.orchestrate.size();
  const std::string value = fmt::format("{} on {} CPUs", *text, cpus);
  if (load < 0.5) return passed("load", value);
  const bool full = load >= static_cast<double>(cpus);
  return {"load", full ? CheckState::bad : CheckState::warning, value,
          full ? "the measuring CPU is shared" : "caches and memory bandwidth are shared",
          "top -o %CPU"};
}

Check processes_check(const Examination& seen) {
  if (seen.busy.empty()) {
    const auto readable = os::read_pseudo_file(seen.roots.proc / "stat");
    return readable ? passed("busy_processes", "none above 20 % of a CPU")
                    : not_applicable("busy_processes", readable.error().message);
  }
  std::string list;
  for (std::size_t i = 0; i < std::min<std::size_t>(3, seen.busy.size()); ++i) {
    const auto& process = seen.busy[i];
    list += fmt::format("{}{} (pid {}, {:.0f} %)", i == 0 ? "" : ", ", process.name, process.pid,
                        process.cpu_percent);
  }
  if (seen.busy.size() > 3) list += fmt::format(" and {} more", seen.busy.size() - 3);
  return {"busy_processes", CheckState::warning, list,
          "these processes compete for the CPU, caches and memory",
          fmt::format("sudo taskset -apc {} {}",
                      machine::format_cpu_list(seen.placement.orchestrate), seen.busy.front().pid)};
}

Check quiet_check(const Examination& seen) {
  if (!seen.gaps) return {"quiet_cpu", CheckState::bad, seen.gaps.error().message, "", ""};
  const auto& gaps = *seen.gaps;
  const double lost = percent(milliseconds(gaps.lost), milliseconds(gaps.watched));
  const std::string value = fmt::format(
      "CPU {} was busy with other work for {:.1f} of {:.0f} ms ({:.1f} %), {} times, at most "
      "{:.2f} ms",
      seen.placement.measure.front(), milliseconds(gaps.lost), milliseconds(gaps.watched), lost,
      gaps.gaps, milliseconds(gaps.longest));
  // Measured: 1 % on a quiet VM, 10 % beside other programs.
  if (lost < 1.0) return passed("quiet_cpu", value);
  return {"quiet_cpu", lost < 10.0 ? CheckState::warning : CheckState::bad, value,
          "slices and whole launches are disturbed", "top -o %CPU"};
}

Check interrupts_check(const Examination& seen) {
  const auto readable = os::read_pseudo_file(seen.roots.proc / "interrupts");
  if (!readable) return not_applicable("interrupts", readable.error().message);
  unsigned long long sum = 0;
  for (const auto& device : seen.devices) sum += device.count;
  const std::string value = fmt::format("{} from devices while watching", sum);
  if (sum < 15) return passed("interrupts", value);  // 100 a second
  const int worst = seen.devices.front().irq;
  return {"interrupts", CheckState::warning, fmt::format("{}, most from IRQ {}", value, worst),
          "each interrupt takes some microseconds from the benchmark",
          fmt::format("echo {} | sudo tee /proc/irq/{}/smp_affinity_list",
                      machine::format_cpu_list(seen.placement.orchestrate), worst)};
}

Check steal_check(const Examination& seen) {
  if (!seen.guest.is_guest) return not_applicable("steal", "no hypervisor");
  const auto& ticks = seen.measuring;
  if (!ticks) return not_applicable("steal", ticks.error().message);
  if (ticks->total == 0) return not_applicable("steal", "no ticks in /proc/stat");
  const double stolen =
      percent(static_cast<double>(ticks->steal), static_cast<double>(ticks->total));
  const std::string value = fmt::format("{:.1f} % now", stolen);
  if (stolen < 1.0) return passed("steal", value);
  return {"steal", stolen < 10.0 ? CheckState::warning : CheckState::bad, value,
          "the host gives the CPU to its other guests",
          "use a dedicated host, or pin the CPUs on the host"};
}

Check pressure_check(const Examination& seen) {
  const auto pressure = machine::cpu_pressure(seen.roots);
  if (!pressure) return not_applicable("cpu_pressure", pressure.error().message);
  const std::string value = fmt::format("{:.1f} % of the last 10 s", pressure->avg10);
  if (pressure->avg10 < 5.0) return passed("cpu_pressure", value);
  return {"cpu_pressure", pressure->avg10 < 25.0 ? CheckState::warning : CheckState::bad, value,
          "more tasks are ready to run than there are CPUs", "top -o %CPU"};
}

Check quota_check(const Examination& seen) {
  const auto quota = machine::cpu_quota(seen.roots);
  if (!quota) return not_applicable("cgroup_quota", quota.error().message);
  if (*quota == "none") return passed("cgroup_quota", "none");
  return {"cgroup_quota", CheckState::bad, *quota,
          "the kernel stops the benchmark whenever the quota is used up",
          "docker update --cpus 0 CONTAINER, or for a systemd unit: sudo systemctl set-property "
          "--runtime UNIT CPUQuota="};
}

Check autogroup_check(const Examination& seen) {
  const auto enabled = os::read_number(seen.roots.proc / "sys/kernel/sched_autogroup_enabled");
  if (!enabled) {
    return not_applicable("autogroup",
                          os::why_none(enabled.error(), "this kernel has no autogroups"));
  }
  if (*enabled == 0) return passed("autogroup", "off");
  return {"autogroup", CheckState::warning, "on", "nice has no effect between terminal sessions",
          "sudo sysctl kernel.sched_autogroup_enabled=0"};
}

}  // namespace

std::vector<Check> sharing_checks(const Examination& seen) {
  return {pinning_check(seen),    orchestrator_check(seen), quota_check(seen),
          quiet_check(seen),      load_check(seen),         processes_check(seen),
          steal_check(seen),      pressure_check(seen),     smt_check(seen),
          interrupts_check(seen), isolation_check(seen),    autogroup_check(seen)};
}

}  // namespace pulsebench::doctor
