#include "pulsebench/doctor/examination.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <iterator>
#include <map>
#include <sstream>
#include <utility>

#include <fmt/format.h>

#include "pulsebench/os/pseudo_file.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/text.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::doctor {
namespace {

constexpr std::chrono::milliseconds kWatch{150};
constexpr double kBusyPercent = 20.0;  // the kernel accounts in ticks of 10 ms: 6.7 % of the watch

int number_or_minus_one(const std::string& text) { return number_in<int>(text).value_or(-1); }

struct ProcessTicks {
  std::string name;
  unsigned long long ticks = 0;
};

/// User and system time of every process, in clock ticks.
std::map<int, ProcessTicks> process_ticks(const machine::Roots& roots) {
  std::map<int, ProcessTicks> processes;
  for (const auto& folder : os::entries_of(roots.proc)) {
    const int pid = number_or_minus_one(folder.filename().string());
    if (pid < 0) continue;
    const std::string stat = os::read_if_there(folder / "stat").value_or("");
    // "pid (name) state ppid ...": a name may have brackets and spaces, so search from the end.
    const auto open = stat.find('(');
    const auto close = stat.rfind(')');
    if (open == std::string::npos || close == std::string::npos || close < open) continue;
    unsigned long long user = 0;
    unsigned long long system = 0;
    if (std::sscanf(stat.c_str() + close + 1,
                    " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %llu %llu", &user,
                    &system) != 2) {
      continue;
    }
    processes[pid] = {printable(stat.substr(open + 1, close - open - 1), 30), user + system};
  }
  return processes;
}

std::vector<BusyProcess> busy_between(const std::map<int, ProcessTicks>& before,
                                      const std::map<int, ProcessTicks>& after, double seconds) {
  std::vector<BusyProcess> busy;
  const double tick = 1.0 / static_cast<double>(std::max(1L, ::sysconf(_SC_CLK_TCK)));
  for (const auto& [pid, now] : after) {
    const auto then = before.find(pid);
    if (pid == ::getpid() || then == before.end() || now.ticks <= then->second.ticks) continue;
    const double percent =
        100.0 * static_cast<double>(now.ticks - then->second.ticks) * tick / seconds;
    if (percent >= kBusyPercent) busy.push_back({pid, now.name, percent});
  }
  std::ranges::sort(busy, std::greater{}, &BusyProcess::cpu_percent);
  return busy;
}

/// Interrupts of each numbered line of /proc/interrupts, summed over `cpus`.
std::map<int, unsigned long long> interrupt_counts(const machine::Roots& roots,
                                                   const machine::CpuList& cpus) {
  std::map<int, unsigned long long> counts;
  const auto lines = split(os::read_if_there(roots.proc / "interrupts").value_or(""), '\n');
  std::vector<int> columns;  // the CPU of each column
  std::istringstream header{lines.front()};
  for (std::string word; header >> word;) {
    columns.push_back(word.rfind("CPU", 0) == 0 ? number_or_minus_one(word.substr(3)) : -1);
  }
  for (std::size_t i = 1; i < lines.size(); ++i) {
    std::istringstream words{lines[i]};
    std::string label;
    words >> label;
    if (label.empty() || label.back() != ':') continue;
    label.pop_back();
    const int irq = number_or_minus_one(label);
    if (irq < 0) continue;
    for (const int cpu : columns) {
      unsigned long long count = 0;
      if (!(words >> count)) break;
      if (machine::contains(cpus, cpu)) counts[irq] += count;
    }
  }
  return counts;
}

std::vector<Interrupts> interrupts_between(const std::map<int, unsigned long long>& before,
                                           const std::map<int, unsigned long long>& after) {
  std::vector<Interrupts> devices;
  for (const auto& [irq, count] : after) {
    const auto then = before.find(irq);
    const unsigned long long old = then == before.end() ? 0 : then->second;
    if (count > old) devices.push_back({irq, count - old});
  }
  std::ranges::sort(devices, std::greater{}, &Interrupts::count);
  return devices;
}

Result<machine::CpuTicks> ticks_since(const Result<std::map<int, machine::CpuTicks>>& before,
                                      const machine::Roots& roots, const machine::CpuList& cpus) {
  if (!before) return Failure{before.error()};
  PB_TRY(const auto& after, machine::cpu_ticks(roots));
  return machine::ticks_between(*before, after, cpus);
}

}  // namespace

Examination watch(const machine::Roots& roots, const machine::Placement& placement,
                  machine::Kernel& kernel) {
  const auto ticks = machine::cpu_ticks(roots);
  const auto processes = process_ticks(roots);
  const auto interrupts = interrupt_counts(roots, placement.measure);
  auto gaps = kernel.spin(placement.measure.front(), kWatch);
  const auto watched = gaps ? gaps->watched : std::chrono::nanoseconds{kWatch};
  const double seconds = std::max(1e-3, std::chrono::duration<double>(watched).count());
  return {roots,
          placement,
          kernel,
          machine::virtualisation(roots, kernel),
          std::move(gaps),
          ticks_since(ticks, roots, placement.measure),
          busy_between(processes, process_ticks(roots), seconds),
          interrupts_between(interrupts, interrupt_counts(roots, placement.measure))};
}

std::vector<Check> examine(const machine::Roots& roots, const machine::Placement& placement,
                           machine::Kernel& kernel) {
  const Examination seen = watch(roots, placement, kernel);
  std::vector<Check> checks;
  for (auto group : {power_checks, sharing_checks, kernel_checks, tool_checks}) {
    auto found = group(seen);
    std::move(found.begin(), found.end(), std::back_inserter(checks));
  }
  std::ranges::stable_sort(checks, {}, &Check::state);
  return checks;
}

}  // namespace pulsebench::doctor
