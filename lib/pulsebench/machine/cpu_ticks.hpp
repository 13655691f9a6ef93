#pragma once

#include <map>

#include "pulsebench/machine/cpu_list.hpp"
#include "pulsebench/machine/roots.hpp"

namespace pulsebench::machine {

/// What a CPU did since boot, in scheduler ticks, from its line of /proc/stat.
struct CpuTicks {
  unsigned long long total = 0;
  unsigned long long idle = 0;   ///< idle and waiting for input or output
  unsigned long long steal = 0;  ///< ready to run, but the hypervisor ran somebody else
};

/// By CPU number; empty where /proc/stat is absent.
[[nodiscard]] std::map<int, CpuTicks> cpu_ticks(const Roots& roots);

/// What passed on `cpus` between two readings; a counter that went backwards counts as 0.
[[nodiscard]] CpuTicks ticks_between(const std::map<int, CpuTicks>& before,
                                     const std::map<int, CpuTicks>& after, const CpuList& cpus);

}  // namespace pulsebench::machine
