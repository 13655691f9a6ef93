#pragma once

#include <vector>

namespace pulsebench::run {

/// Nanoseconds of one turn of an empty loop on `cpus` (empty: any): what Google Benchmark's own
/// loop costs around code that the compiler removed. The calling thread moves there for 0.3 ms, if
/// the kernel permits.
[[nodiscard]] double empty_turn_ns(const std::vector<int>& cpus);

/// Returns true where an operation, whose lowest seen cost is `ns_per_op`, takes no longer than an
/// empty turn of `empty_ns`. Both take whole cycles, and noise only adds: between one and two there
/// is nothing.
[[nodiscard]] constexpr bool is_empty_loop(double ns_per_op, double empty_ns) {
  return ns_per_op <= 1.5 * empty_ns;
}

}  // namespace pulsebench::run
