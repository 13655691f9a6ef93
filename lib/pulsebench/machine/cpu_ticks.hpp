#pragma once

#include <map>

#include "pulsebench/machine/cpu_list.hpp"
#include "pulsebench/machine/roots.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::machine {

/// Time of a CPU since boot, in scheduler ticks, from its line of /proc/stat.
struct CpuTicks {
  unsigned long long total = 0;
  unsigned long long idle = 0;   ///< idle and waiting for input or output
  unsigned long long steal = 0;  ///< ready to run while the hypervisor ran another guest
};

/// Reads the ticks by CPU number. The error says why they are unknown: "no /proc/stat".
[[nodiscard]] Result<std::map<int, CpuTicks>> cpu_ticks(const Roots& roots);

/// Difference of two readings, summed over `cpus`; a counter that decreased counts as 0.
[[nodiscard]] CpuTicks ticks_between(const std::map<int, CpuTicks>& before,
                                     const std::map<int, CpuTicks>& after, const CpuList& cpus);

}  // namespace pulsebench::machine
