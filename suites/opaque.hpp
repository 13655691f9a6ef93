#pragma once

/// `value` as one that the optimizer knows nothing about: a pointer, or a number that fits a
/// register. Google Benchmark 1.7.1's DoNotOptimize does that in place, and with g++ 12 now and
/// then loses the value (its issue 1340); this one returns it.
template <class T>
[[nodiscard]] inline T opaque(T value) {
  asm volatile("" : "+r"(value) : : "memory");
  return value;
}
