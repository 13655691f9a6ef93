#pragma once

namespace pulsebench {

/// Returns `value`, a pointer or a number that fits a register, as unknown to the optimizer. For
/// inputs of a benchmark. DoNotOptimize of Google Benchmark 1.7.1 works in place and sometimes
/// loses the value with g++ 12 (its issue 1340).
template <class T>
[[nodiscard]] inline T opaque(T value) {
  asm volatile("" : "+r"(value) : : "memory");
  return value;
}

/// Counts as a use of `value` for the optimizer, without a change. For results of an operation.
template <class T>
inline void consume(const T& value) {
  asm volatile("" : : "r,m"(value) : "memory");
}

}  // namespace pulsebench
