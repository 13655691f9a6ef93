#pragma once

#include <cstdint>
#include <string_view>

namespace pulsebench::harness {

/// What the kernel has counted of the machine around this thread, since boot. It counts steal in
/// ticks of 10 ms, and reading it takes about 50 us: once before and once after a visit, not at
/// every slice.
struct HostLoad {
  std::uint64_t steal_ticks = 0;  ///< time that the host took from this CPU (/proc/stat)
  std::uint64_t waited_us = 0;    ///< some task waited for some CPU (/proc/pressure/cpu)
};

/// Of the CPU that this thread is on. What the kernel does not say stays 0.
[[nodiscard]] HostLoad read_host_load();

/// The ninth field of "cpu<cpu>" in the text of /proc/stat (proc(5)); 0 where it is not there.
[[nodiscard]] std::uint64_t steal_ticks(std::string_view stat, int cpu);

/// "total" of the line "some" in the text of /proc/pressure/cpu (Documentation/accounting/psi.rst);
/// 0 where it is not there.
[[nodiscard]] std::uint64_t waited_us(std::string_view pressure);

/// Bits of `Disturbance` that happened in the `seconds` between. Waiting below 1 % of them is what
/// every machine has.
[[nodiscard]] std::uint32_t causes(const HostLoad& before, const HostLoad& after, double seconds);

}  // namespace pulsebench::harness
