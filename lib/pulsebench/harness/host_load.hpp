#pragma once

#include <cstdint>
#include <string_view>

namespace pulsebench::harness {

/// Load of the machine around this thread since boot, as the kernel counts it. The kernel counts
/// steal in ticks of 10 ms, and a reading takes about 50 us. So it is read before and after a
/// visit, not at every slice.
struct HostLoad {
  std::uint64_t steal_ticks = 0;  ///< time that the host took from this CPU (/proc/stat)
  std::uint64_t waited_us = 0;    ///< some task waited for some CPU (/proc/pressure/cpu)
};

/// Reads the load, with steal of this thread's CPU. Values that the kernel does not report are 0.
[[nodiscard]] HostLoad read_host_load();

/// Ninth field of "cpu<cpu>" in the text of /proc/stat (proc(5)); 0 if it is missing.
[[nodiscard]] std::uint64_t steal_ticks(std::string_view stat, int cpu);

/// "total" of the line "some" in the text of /proc/pressure/cpu (Documentation/accounting/psi.rst);
/// 0 if it is missing.
[[nodiscard]] std::uint64_t waited_us(std::string_view pressure);

/// Bits of `Disturbance` that happened in the `seconds` between the readings. Waiting below 1 % of
/// them is usual on every machine, and ignored.
[[nodiscard]] std::uint32_t causes(const HostLoad& before, const HostLoad& after, double seconds);

}  // namespace pulsebench::harness
