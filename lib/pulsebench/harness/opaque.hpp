#pragma once

namespace pulsebench {

/// `value` as one that the optimizer knows nothing about: a pointer, or a number that fits a
/// register. For what a benchmark takes in. Google Benchmark 1.7.1's DoNotOptimize does that in
/// place, and with g++ 12 now and then loses the value (its issue 1340); this one returns it.
template <class T>
[[nodiscard]] inline T opaque(T value) {
  asm volatile("" : "+r"(value) : : "memory");
  return value;
}

/// Uses `value` as far as the optimizer can tell, and leaves it as it is. For what a benchmark's
/// operation gives back.
template <class T>
inline void consume(const T& value) {
  asm volatile("" : : "r,m"(value) : "memory");
}

}  // namespace pulsebench
