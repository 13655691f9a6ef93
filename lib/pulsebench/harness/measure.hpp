#pragma once

#include <benchmark/benchmark.h>

#include <cstdint>
#include <type_traits>

namespace pulsebench {

namespace harness {

/// An operation, its type erased once a slice: nothing of this is on the timed path.
struct Batch {
  void* operation;
  void (*run)(void* operation, std::uint64_t times);
  void (*run_unrolled)(void* operation, std::uint64_t times);  ///< `kUnroll` calls a turn
};

inline constexpr std::uint64_t kUnroll = 16;

/// Out of line, so that the loop's placement depends on nothing around the benchmark.
template <class Op>
[[gnu::noinline]] void run_batch(void* operation, std::uint64_t times) {
  Op& op = *static_cast<Op*>(operation);
  for (; times != 0; --times) op();
}

/// The control for "measured nothing": sixteen operations that leave instructions behind take
/// longer than one turn of an empty loop, and sixteen that leave none do not.
template <class Op>
[[gnu::noinline]] void run_batch_unrolled(void* operation, std::uint64_t times) {
  Op& op = *static_cast<Op*>(operation);
  for (; times != 0; --times) {
    op(), op(), op(), op(), op(), op(), op(), op();
    op(), op(), op(), op(), op(), op(), op(), op();
  }
}

/// Takes the calibration or the visit that was asked for, and returns true; returns false where
/// the suite was started by hand, or the benchmark has several threads.
[[nodiscard]] bool take_over(benchmark::State& state, const Batch& batch);

}  // namespace harness

/// Measures `op`: one call is one operation. By hand this is `for (auto _ : state) op();` under
/// every flag of Google Benchmark; started by pulsebench it times slices of calls with a fenced
/// cycle counter. Set-up belongs before the call, inputs must be opaque to the optimizer
/// and results must be consumed (`opaque.hpp`).
template <class Op>
void measure(benchmark::State& state, Op&& op) {
  using Operation = std::remove_reference_t<Op>;
  const harness::Batch batch{&op, &harness::run_batch<Operation>,
                             &harness::run_batch_unrolled<Operation>};
  if (harness::take_over(state, batch)) return;
  for (auto _ : state) op();
}

}  // namespace pulsebench
