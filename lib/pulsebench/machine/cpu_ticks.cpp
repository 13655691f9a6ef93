#include "pulsebench/machine/cpu_ticks.hpp"

#include <array>
#include <cstdio>

#include "pulsebench/os/pseudo_file.hpp"
#include "pulsebench/vocabulary/text.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::machine {

Result<std::map<int, CpuTicks>> cpu_ticks(const Roots& roots) {
  PB_TRY(const auto& lines, os::read_pseudo_file(roots.proc / "stat"));
  std::map<int, CpuTicks> ticks;
  for (const auto& line : split(lines, '\n')) {
    int cpu = 0;
    // user nice system idle iowait irq softirq steal; guest time is within user (proc(5)).
    std::array<unsigned long long, 8> t{};
    const int fields = std::sscanf(line.c_str(), "cpu%d %llu %llu %llu %llu %llu %llu %llu %llu",
                                   &cpu, &t[0], &t[1], &t[2], &t[3], &t[4], &t[5], &t[6], &t[7]);
    if (fields < 5) continue;
    CpuTicks& of_cpu = ticks[cpu];
    for (const auto part : t) of_cpu.total += part;
    of_cpu.idle = t[3] + t[4];
    of_cpu.steal = t[7];
  }
  return ticks;
}

CpuTicks ticks_between(const std::map<int, CpuTicks>& before, const std::map<int, CpuTicks>& after,
                       const CpuList& cpus) {
  const auto passed = [](auto from, auto to) { return to > from ? to - from : 0; };
  CpuTicks sum;
  for (const int cpu : cpus) {
    const auto from = before.find(cpu);
    const auto to = after.find(cpu);
    if (from == before.end() || to == after.end()) continue;
    sum.total += passed(from->second.total, to->second.total);
    sum.idle += passed(from->second.idle, to->second.idle);
    sum.steal += passed(from->second.steal, to->second.steal);
  }
  return sum;
}

}  // namespace pulsebench::machine
