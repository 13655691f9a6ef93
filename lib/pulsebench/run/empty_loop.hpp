#pragma once

#include <vector>

namespace pulsebench::run {

/// Nanoseconds of one turn of an empty loop on `cpus` (empty: any): what Google Benchmark's own
/// loop costs around code that the compiler removed. The calling thread moves there for 0.3 ms, if
/// the kernel permits.
[[nodiscard]] double empty_turn_ns(const std::vector<int>& cpus);

/// Returns true where an operation of `ns_per_op` takes no longer than an empty turn of
/// `empty_ns`. Operations take whole cycles, as a turn does: between one and two is noise.
[[nodiscard]] constexpr bool is_empty_loop(double ns_per_op, double empty_ns) {
  return ns_per_op <= 1.25 * empty_ns;
}

}  // namespace pulsebench::run
