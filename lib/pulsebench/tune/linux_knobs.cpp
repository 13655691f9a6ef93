#include <algorithm>
#include <cstdint>
#include <optional>

#include <fmt/format.h>

#include "pulsebench/os/pseudo_file.hpp"
#include "pulsebench/tune/knob.hpp"
#include "pulsebench/vocabulary/text.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::tune {
namespace {

const std::string kCpus = "/sys/devices/system/cpu/";

Result<std::string> value_of(const SysIo& io, const std::string& path) {
  PB_TRY(const auto& content, io.read(path));
  const std::string value = os::chosen(content);
  return value.substr(0, value.find_last_not_of(" \t\r\n") + 1);
}

/// Reads a list of CPUs; `unread` gets the error of a file that may exist.
machine::CpuList list_of(const SysIo& io, const std::string& path, std::optional<Error>& unread) {
  const auto content = read_or_empty(io, path);
  if (!content) unread = content.error();
  return machine::parse_cpu_list(content.value_or("")).value_or(machine::CpuList{});
}

class Planner {
 public:
  Planner(const SysIo& io, const machine::Placement& placement) : io_(io), placement_(placement) {
    for (const int cpu : placement.measure) {
      const auto siblings = list_of(
          io, kCpus + fmt::format("cpu{}/topology/thread_siblings_list", cpu), siblings_unread_);
      siblings_.insert(siblings_.end(), siblings.begin(), siblings.end());
    }
    std::sort(siblings_.begin(), siblings_.end());
    siblings_.erase(std::unique(siblings_.begin(), siblings_.end()), siblings_.end());
    siblings_ = machine::without(siblings_, placement.measure);
    const auto names = io.list(kCpus + "cpufreq");
    if (!names) policies_unread_ = names.error();
    for (const auto& name : names.value_or(std::vector<std::string>{})) {
      if (name.rfind("policy", 0) != 0) continue;
      const std::string policy = kCpus + "cpufreq/" + name + '/';
      const auto related = read_or_empty(io, policy + "related_cpus");
      if (!related) policies_unread_ = related.error();
      auto cpus = split(related.value_or(""), ' ');
      const bool ours = std::any_of(cpus.begin(), cpus.end(), [&](const std::string& cpu) {
        return !machine::common_to(machine::parse_cpu_list(cpu).value_or(machine::CpuList{}),
                                   placement.measure)
                    .empty();
      });
      if (ours) policies_.push_back(policy);
    }
  }

  Knob governor() const {
    Knob knob = of_policies("governor", "performance", "scaling_governor");
    const auto unavailable = [&](const KnobStep& step) {
      const auto folder = step.path.substr(0, step.path.rfind('/') + 1);
      const auto available = value_of(io_, folder + "scaling_available_governors");
      return available && !os::has_word(*available, "performance");
    };
    knob.steps.erase(std::remove_if(knob.steps.begin(), knob.steps.end(), unavailable),
                     knob.steps.end());
    if (knob.steps.empty() && !policies_.empty()) {
      knob.absent_because = "this cpufreq driver has no performance governor";
    }
    return knob;
  }

  Knob boost() const {
    if (may_exist(io_, kCpus + "intel_pstate/no_turbo")) {
      return {"boost",
              "off",
              {step(kCpus + "intel_pstate/no_turbo", "1")},
              "",
              {{"0", "on"}, {"1", "off"}}};
    }
    if (may_exist(io_, kCpus + "cpufreq/boost")) {
      return {
          "boost", "off", {step(kCpus + "cpufreq/boost", "0")}, "", {{"0", "off"}, {"1", "on"}}};
    }
    Knob knob = of_policies("boost", "0", "boost");
    knob.requested = "off";
    knob.words = {{"0", "off"}, {"1", "on"}};
    if (knob.steps.empty() && !knob.unreadable) {
      knob.absent_because = "no boost or turbo switch here";
    }
    return knob;
  }

  Knob energy_preference() const {
    return of_policies("energy_preference", "performance", "energy_performance_preference");
  }

  Knob minimum_frequency() const {
    Knob knob = of_policies("minimum_frequency", "", "scaling_min_freq");
    knob.requested = "the maximum";
    for (auto& step : knob.steps) {
      step.like = step.path.substr(0, step.path.rfind('/')) + "/scaling_max_freq";
    }
    return knob;
  }

  /// Moves interrupts from the measuring core to the orchestrator's CPUs.
  Knob irq_affinity() const {
    Knob knob{
        "irq_affinity", "off CPU " + machine::format_cpu_list(placement_.measure), {}, "", {}};
    const machine::CpuList core = measuring_core();
    const auto irqs = io_.list("/proc/irq");
    std::optional<Error> unread;
    if (!irqs) unread = irqs.error();
    for (const auto& irq : irqs.value_or(std::vector<std::string>{})) {
      const std::string path = "/proc/irq/" + irq + "/smp_affinity_list";
      const machine::CpuList now = list_of(io_, path, unread);
      if (machine::common_to(now, core).empty()) continue;
      machine::CpuList wanted = machine::without(now, core);
      if (wanted.empty()) wanted = machine::without(placement_.orchestrate, core);
      if (!wanted.empty()) knob.steps.push_back(step(path, kernel_list(wanted)));
    }
    if (knob.steps.empty()) knob.absent_because = "no interrupt is routed to the measuring CPU";
    if (knob.steps.empty() && unread) knob.cannot_read(*unread);
    return knob;
  }

  Knob workqueues() const {
    const std::string path = "/sys/devices/virtual/workqueue/cpumask";
    Knob knob{
        "workqueue_cpus", "off CPU " + machine::format_cpu_list(placement_.measure), {}, "", {}};
    const auto now = value_of(io_, path);
    if (!now) knob.cannot_read(now.error());
    const auto mask = now ? mask_without(*now, measuring_core()) : std::nullopt;
    if (mask) knob.steps.push_back(step(path, *mask));
    if (now && !mask) knob.absent_because = "there is no other CPU for the kernel's work";
    return knob;
  }

  Knob setting(const char* name, const std::string& path, const char* wanted,
               std::vector<std::string> also_fine = {}) const {
    if (!may_exist(io_, path)) return {name, wanted, {}, "no " + path, {}};
    return {name, wanted, {{path, wanted, std::move(also_fine), ""}}, "", {}};
  }

  /// The last knob, because an offline CPU has no other settings.
  Knob smt_sibling() const {
    Knob knob{"smt_sibling", "none", {}, "", {{"0", "none"}, {"1", "online"}}};
    for (const int cpu : siblings_) {
      const std::string path = kCpus + fmt::format("cpu{}/online", cpu);
      if (machine::contains(placement_.orchestrate, cpu)) {
        knob.absent_because = "pulsebench itself needs the sibling: there is no other CPU";
      } else if (!may_exist(io_, path)) {
        knob.absent_because = fmt::format("CPU {} cannot be taken offline", cpu);
      } else {
        knob.steps.push_back(step(path, "0"));
      }
    }
    if (siblings_.empty()) knob.absent_because = "the measuring CPU has no sibling";
    if (siblings_.empty() && siblings_unread_) knob.cannot_read(*siblings_unread_);
    // Taking a CPU offline removes it from every version 1 cpuset permanently.
    const auto mounts = read_or_empty(io_, "/proc/self/mounts");
    if (!mounts && !knob.steps.empty()) knob.cannot_read(mounts.error());
    if (!knob.steps.empty() && has_version1_cpuset(*mounts)) {
      knob.steps.clear();
      knob.absent_because = "version 1 cpusets are in use, and would lose the CPU permanently";
    }
    return knob;
  }

 private:
  static KnobStep step(std::string path, std::string wanted) {
    return {std::move(path), std::move(wanted), {}, ""};
  }

  Knob of_policies(const char* name, const char* wanted, const char* file) const {
    Knob knob{name, wanted, {}, "", {}};
    for (const auto& policy : policies_) {
      if (may_exist(io_, policy + file)) knob.steps.push_back(step(policy + file, wanted));
    }
    if (policies_.empty() && policies_unread_) {
      knob.cannot_read(*policies_unread_);
    } else if (policies_.empty()) {
      knob.absent_because = "the kernel does not control the frequency here (no cpufreq)";
    } else if (knob.steps.empty()) {
      knob.absent_because = fmt::format("this cpufreq driver has no {}", file);
    }
    return knob;
  }

  machine::CpuList measuring_core() const {
    machine::CpuList core = placement_.measure;
    const machine::CpuList beside = machine::without(siblings_, placement_.orchestrate);
    core.insert(core.end(), beside.begin(), beside.end());
    std::sort(core.begin(), core.end());
    return core;
  }

  static bool has_version1_cpuset(const std::string& mounts) {
    for (const auto& line : split(mounts, '\n')) {
      const auto fields = split(line, ' ');
      if (fields.size() < 4 || fields[2] != "cgroup") continue;
      const auto options = split(fields[3], ',');
      if (std::find(options.begin(), options.end(), "cpuset") != options.end()) return true;
    }
    return false;
  }

  /// Formats a list like the kernel ("0-1", not "0,1"), so that the text read back is the same.
  static std::string kernel_list(const machine::CpuList& cpus) {
    std::string text;
    for (std::size_t i = 0; i < cpus.size();) {
      std::size_t last = i;
      while (last + 1 < cpus.size() && cpus[last + 1] == cpus[last] + 1) ++last;
      text += fmt::format("{}{}", text.empty() ? "" : ",", cpus[i]);
      if (last > i) text += fmt::format("-{}", cpus[last]);
      i = last + 1;
    }
    return text;
  }

  /// Removes `cpus` from a hexadecimal mask (groups of 32 bits between commas) and keeps its
  /// format; nullopt if no CPU would be left.
  static std::optional<std::string> mask_without(const std::string& mask,
                                                 const machine::CpuList& cpus) {
    std::string result = mask;
    int bit = 0;
    bool any = false;
    for (std::size_t at = result.size(); at-- > 0;) {
      char& c = result[at];
      if (c == ',') continue;
      int digit = c >= 'a' && c <= 'f' ? c - 'a' + 10 : c - '0';
      if (digit < 0 || digit > 15) return std::nullopt;
      for (int i = 0; i < 4; ++i, ++bit) {
        if (machine::contains(cpus, bit)) digit &= ~(1 << i);
      }
      any = any || digit != 0;
      c = "0123456789abcdef"[digit];
    }
    if (!any) return std::nullopt;
    return result;
  }

  const SysIo& io_;
  const machine::Placement& placement_;
  machine::CpuList siblings_;
  std::vector<std::string> policies_;
  std::optional<Error> siblings_unread_;  ///< a file about them exists, and cannot be read
  std::optional<Error> policies_unread_;
};

}  // namespace

std::vector<Knob> linux_knobs(const SysIo& io, const machine::Placement& placement) {
  const Planner plan{io, placement};
  const std::string sysctl = "/proc/sys/";
  const std::string memory = "/sys/kernel/mm/";
  return {
      plan.governor(),
      plan.boost(),
      plan.energy_preference(),
      plan.minimum_frequency(),
      plan.irq_affinity(),
      plan.workqueues(),
      plan.setting("timer_migration", sysctl + "kernel/timer_migration", "0"),
      plan.setting("vm_stat_interval", sysctl + "vm/stat_interval", "120"),
      plan.setting("transparent_hugepages", memory + "transparent_hugepage/enabled", "madvise",
                   {"never"}),
      plan.setting("page_merging", memory + "ksm/run", "0", {"2"}),
      plan.setting("swappiness", sysctl + "vm/swappiness", "0"),
      plan.setting("numa_balancing", sysctl + "kernel/numa_balancing", "0"),
      partition_knob(io, placement),
      plan.smt_sibling(),
  };
}

}  // namespace pulsebench::tune
