#include <cerrno>
#include <system_error>

#include <fmt/format.h>

#include "pulsebench/doctor/examination.hpp"
#include "pulsebench/machine/emulator.hpp"
#include "pulsebench/machine/sensors.hpp"
#include "pulsebench/os/pseudo_file.hpp"
#include "pulsebench/vocabulary/text.hpp"

namespace pulsebench::doctor {
namespace {

constexpr const char* kNoneInKernel = "this kernel has none";

Check virtualisation_check(const Examination& seen) {
  const std::string emulator = machine::emulator(seen.roots, seen.kernel.architecture());
  if (!emulator.empty()) {
    return {"virtualisation", CheckState::bad, "the processor is emulated by " + emulator,
            "times are the emulator's, and say nothing about a real machine", ""};
  }
  if (!seen.guest.is_guest) return passed("virtualisation", seen.guest.hypervisor);
  return {"virtualisation", CheckState::warning, seen.guest.hypervisor,
          "other guests share the caches, and a guest cannot fix the clock frequency",
          "compare with: pulsebench ab OLD NEW"};
}

Check container_check(const Examination& seen) { return passed("container", seen.guest.container); }

Check clock_check(const Examination& seen) {
  const auto source = machine::clocksource(seen.roots);
  if (!source) return not_applicable("clocksource", source.error().message);
  const auto folder = seen.roots.sys / "devices/system/clocksource/clocksource0";
  const std::string available =
      ' ' + os::read_if_there(folder / "available_clocksource").value_or("") + ' ';
  if (*source == "tsc" || *source == "arch_sys_counter") return passed("clocksource", *source);
  const bool has_tsc = available.find(" tsc ") != std::string::npos;
  // Paravirtual clocks are read without a system call; hpet and acpi_pm take microseconds.
  const bool slow = *source == "hpet" || *source == "acpi_pm" || *source == "jiffies";
  return {
      "clocksource", slow ? CheckState::bad : CheckState::warning, *source,
      slow ? "reading the time takes microseconds" : "reading the time takes longer than with tsc",
      has_tsc ? "echo tsc | sudo tee "
                "/sys/devices/system/clocksource/clocksource0/current_clocksource"
              : ""};
}

long long paranoid(const machine::Roots& roots) {
  return os::read_number(roots.proc / "sys/kernel/perf_event_paranoid").value_or(2);
}

Check pmu_check(const Examination& seen) {
  const int error = seen.kernel.try_cycle_counter();
  const std::string without =
      "no counts of cycles or cache misses; pulsebench run --instructions still works";
  switch (error) {
    case 0:
      return passed("pmu", "hardware counters can be opened");
    case ENOENT:
    case ENODEV:
    case EOPNOTSUPP:
      return not_applicable("pmu",
                            seen.guest.is_guest
                                ? "no hardware counters in this VM; use --instructions, or enable "
                                  "the vPMU on the host"
                                : "this CPU or kernel has no hardware counters");
    case EACCES:
      return {"pmu", CheckState::warning,
              fmt::format("forbidden by perf_event_paranoid={}", paranoid(seen.roots)), without,
              "sudo sysctl kernel.perf_event_paranoid=1"};
    case EPERM:
      return {"pmu", CheckState::warning, "forbidden by a container's seccomp profile", without,
              "docker run --cap-add PERFMON --security-opt seccomp=unconfined"};
    case ENOSYS:
      return not_applicable("pmu",
                            "there are no perf events here: the kernel was built without them, or "
                            "an emulator has none");
    default:
      return {"pmu", CheckState::warning,
              "cannot be opened: " + std::generic_category().message(error), without, ""};
  }
}

Check paranoid_check(const Examination& seen) {
  const auto level = os::read_number(seen.roots.proc / "sys/kernel/perf_event_paranoid");
  if (!level) {
    return not_applicable("perf_event_paranoid",
                          os::why_none(level.error(), "no such setting here"));
  }
  if (*level <= 2) return passed("perf_event_paranoid", std::to_string(*level));
  return {"perf_event_paranoid", CheckState::warning, std::to_string(*level),
          "only root can count or profile", "sudo sysctl kernel.perf_event_paranoid=1"};
}

Check nmi_check(const Examination& seen) {
  const auto watchdog = os::read_number(seen.roots.proc / "sys/kernel/nmi_watchdog");
  if (!watchdog) {
    return not_applicable("nmi_watchdog", os::why_none(watchdog.error(), kNoneInKernel));
  }
  if (*watchdog == 0) return passed("nmi_watchdog", "off");
  return {"nmi_watchdog", CheckState::warning, "on", "the watchdog occupies one hardware counter",
          "sudo sysctl kernel.nmi_watchdog=0"};
}

Check layout_check(const Examination& seen) {
  const auto value = machine::layout_randomisation(seen.roots);
  const std::string system = value ? fmt::format(" (system: {})", *value) : "";
  if (const int error = seen.kernel.try_fixed_layout(); error != 0) {
    return {
        "aslr", CheckState::warning,
        fmt::format("cannot be switched off: {}{}", std::generic_category().message(error), system),
        "memory layout differs from launch to launch: more launches are needed",
        "docker run --security-opt seccomp=unconfined"};
  }
  return passed("aslr", "can be switched off for each benchmark" + system);
}

Check hugepages_check(const Examination& seen) {
  const auto value = machine::transparent_hugepages(seen.roots);
  if (!value) return not_applicable("huge_pages", value.error().message);
  if (*value != "always") return passed("huge_pages", *value);
  return {"huge_pages", CheckState::warning, *value,
          "the kernel merges pages in the background, so memory speed changes during a run",
          "echo madvise | sudo tee /sys/kernel/mm/transparent_hugepage/enabled"};
}

Check swap_check(const Examination& seen) {
  const auto content = os::read_pseudo_file(seen.roots.proc / "swaps");
  if (!content) return not_applicable("swap", content.error().message);
  const auto lines = split(*content, '\n');
  if (lines.size() < 2) return passed("swap", "none");
  return {"swap", CheckState::warning, fmt::format("{} in use", lines.size() - 1),
          "access to a swapped-out page takes milliseconds", "sudo swapoff -a"};
}

Check numa_check(const Examination& seen) {
  const auto online = os::read_pseudo_file(seen.roots.sys / "devices/system/node/online");
  const auto nodes = machine::parse_cpu_list(online.value_or("")).value_or(machine::CpuList{});
  if (nodes.size() < 2) {
    constexpr const char* kOne = "one memory node";
    return not_applicable("numa_balancing", online ? kOne : os::why_none(online.error(), kOne));
  }
  const auto balancing = os::read_number(seen.roots.proc / "sys/kernel/numa_balancing");
  if (!balancing) {
    return not_applicable("numa_balancing", os::why_none(balancing.error(), kNoneInKernel));
  }
  if (*balancing == 0) return passed("numa_balancing", "off");
  return {"numa_balancing", CheckState::warning, "on",
          "the kernel unmaps pages to find their users, which causes page faults in a slice",
          "sudo sysctl kernel.numa_balancing=0"};
}

Check ksm_check(const Examination& seen) {
  const auto running = os::read_number(seen.roots.sys / "kernel/mm/ksm/run");
  if (!running) {
    return not_applicable("page_merging", os::why_none(running.error(), kNoneInKernel));
  }
  if (*running != 1) return passed("page_merging", "off");
  return {"page_merging", CheckState::warning, "on", "a kernel thread scans memory",
          "echo 0 | sudo tee /sys/kernel/mm/ksm/run"};
}

Check installed_check(bool installed, const char* name, const char* package,
                      const char* consequence) {
  if (installed) return passed(name, "installed");
  return {name, CheckState::warning, "not installed", consequence,
          fmt::format("sudo apt-get install {}", package)};
}

Check tool_check(const Examination& seen, const char* program, const char* package,
                 const char* consequence) {
  return installed_check(seen.kernel.has_program(program), program, package, consequence);
}

}  // namespace

std::vector<Check> kernel_checks(const Examination& seen) {
  return {clock_check(seen),     virtualisation_check(seen),
          container_check(seen), pmu_check(seen),
          paranoid_check(seen),  nmi_check(seen),
          layout_check(seen),    hugepages_check(seen),
          swap_check(seen),      numa_check(seen),
          ksm_check(seen)};
}

std::vector<Check> tool_checks(const Examination& seen) {
  return {tool_check(seen, "valgrind", "valgrind",
                     "no exact instruction counts (--instructions, --explain, advise)"),
          tool_check(seen, "objdump", "binutils", "advise cannot read machine code"),
          tool_check(seen, "llvm-mca", "llvm", "advise does not find latency chains"),
          tool_check(seen, "heaptrack", "heaptrack", "no profile memory --with heaptrack"),
          installed_check(seen.kernel.has_library("libdw.so.1"), "libdw", "libdw1",
                          "no profile cpu and no profile memory: stacks cannot be read")};
}

}  // namespace pulsebench::doctor
