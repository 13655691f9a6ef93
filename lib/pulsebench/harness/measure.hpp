#pragma once

#include <benchmark/benchmark.h>

#include <chrono>
#include <cstdint>
#include <type_traits>

#include "pulsebench/harness/latency_log.hpp"

namespace pulsebench {

namespace harness {

/// An operation, its type erased once a slice: nothing of this is on the timed path.
struct Batch {
  void* operation;
  void (*run)(void* operation, std::uint64_t times);
  void (*run_unrolled)(void* operation, std::uint64_t times);  ///< `kUnroll` calls a turn
  /// The same as `run`, and how many of the calls did an operation.
  std::uint64_t (*run_counted)(void* operation, std::uint64_t times);
  LatencyLog* latencies = nullptr;  ///< where the operation notes how long each call took
  bool tells_its_time = false;      ///< there: a slice lasts as long as its operations told
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

/// An operation that returns bool and says false has found nothing to do: its time counts, the
/// call does not.
template <class Op>
[[gnu::noinline]] std::uint64_t run_batch_counted(void* operation, std::uint64_t times) {
  if constexpr (std::is_same_v<std::invoke_result_t<Op&>, bool>) {
    Op& op = *static_cast<Op*>(operation);
    std::uint64_t done = 0;
    for (; times != 0; --times) done += op() ? 1U : 0U;
    return done;
  } else {
    run_batch<Op>(operation, times);
    return times;
  }
}

template <class Op>
[[nodiscard]] Batch batch_of(Op& op) {
  return {&op, &run_batch<Op>, &run_batch_unrolled<Op>, &run_batch_counted<Op>, nullptr, false};
}

/// Takes the calibration or the visit that was asked for, and returns true; returns false where
/// the suite was started by hand.
[[nodiscard]] bool take_over(benchmark::State& state, const Batch& batch);

}  // namespace harness

/// Measures `op`: one call is one operation. By hand this is `for (auto _ : state) op();` under
/// every flag of Google Benchmark; started by pulsebench it times slices of calls with a fenced
/// cycle counter. Set-up belongs before the call, inputs must be opaque to the optimizer
/// and results must be consumed (`opaque.hpp`).
///
/// With several threads (`Threads`, `ThreadRange`) each calls this with an operation of its own;
/// what they share is made before them (`Setup`). They run pinned on the allowed CPUs in turn and
/// are measured while all of them overlap. The figure is wall time x threads / operations: what
/// one operation takes as a thread sees it. An operation must not wait for another thread for ever,
/// since all leave when the visit is over; one that returns bool may say false instead, and then
/// counts as time and not as an operation.
template <class Op>
void measure(benchmark::State& state, Op&& op) {
  if (harness::take_over(state, harness::batch_of(op))) return;
  for (auto _ : state) op();
}

/// Measures `op` as `measure` does, and times each call by itself: for operations of a microsecond
/// and more, of which the slow ones matter. The result has p50, p90, p99, p99.9 and the longest
/// beside the usual figure, which includes some 20 ns of timing. An `op` that returns a
/// `std::chrono::duration` reports that latency in place of its own time, in the usual figure too:
/// what else it does (putting things back, for the next call) is not timed. One thread only.
template <class Op>
void measure_latency(benchmark::State& state, Op&& op) {
  using Returned = std::invoke_result_t<Op&>;
  harness::LatencyLog log;
  auto timed = [&op, &log] {
    if constexpr (std::is_void_v<Returned>) {
      const std::uint64_t began = log.begin();
      op();
      log.end(began);
    } else {
      log.add(std::chrono::duration<double, std::nano>(op()));
    }
  };
  harness::Batch batch = harness::batch_of(timed);
  batch.latencies = &log;
  batch.tells_its_time = !std::is_void_v<Returned>;
  if (harness::take_over(state, batch)) return;
  for (auto _ : state) timed();
}

}  // namespace pulsebench
