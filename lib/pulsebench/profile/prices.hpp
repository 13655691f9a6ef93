#pragma once

namespace pulsebench::profile {

/// What things cost on this machine, in nanoseconds, without contention and with all data in the
/// caches.
struct Prices {
  double locked = 0.0;       ///< an instruction with the prefix `lock`
  double division = 0.0;     ///< of a 64-bit integer
  double call = 0.0;         ///< with its return
  double allocation = 0.0;   ///< of 64 bytes, with its free
  double system_call = 0.0;  ///< the shortest: getppid
  double branch_miss = 0.0;
};

/// Measures them in some milliseconds, on the CPU of the caller.
[[nodiscard]] Prices measure_prices();

}  // namespace pulsebench::profile
