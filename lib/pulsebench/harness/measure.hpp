#pragma once

#include <benchmark/benchmark.h>

#include <chrono>
#include <cstdint>
#include <type_traits>

#include "pulsebench/harness/latency_log.hpp"

namespace pulsebench {

namespace harness {

/// An operation with its type erased, outside of the timed loop.
struct Batch {
  void* operation;
  void (*run)(void* operation, std::uint64_t times);
  void (*run_unrolled)(void* operation, std::uint64_t times);  ///< `kUnroll` calls per turn
  /// Runs like `run`, and returns how many calls did an operation.
  std::uint64_t (*run_counted)(void* operation, std::uint64_t times);
  LatencyLog* latencies = nullptr;  ///< log for the time of each call
  bool reports_its_time = false;    ///< a slice's time is the sum of the latencies in the log
  const char* file = "";            ///< source of the call that measures
  int line = 0;                     ///< 0: unknown
};

inline constexpr std::uint64_t kUnroll = 16;

/// Out of line, so that the loop's placement does not depend on the code around the benchmark. The
/// loops here are not unrolled, as g++ 13 and newer would do: a turn is one operation and its
/// branch, as in `empty_loop`.
template <class Op>
[[gnu::noinline]] void run_batch(void* operation, std::uint64_t times) {
  Op& op = *static_cast<Op*>(operation);
#pragma GCC unroll 1
  for (; times != 0; --times) op();
}

/// The control for "measured nothing": sixteen operations take longer than one turn of an empty
/// loop only if they have instructions.
template <class Op>
[[gnu::noinline]] void run_batch_unrolled(void* operation, std::uint64_t times) {
  Op& op = *static_cast<Op*>(operation);
#pragma GCC unroll 1
  for (; times != 0; --times) {
    op(), op(), op(), op(), op(), op(), op(), op();
    op(), op(), op(), op(), op(), op(), op(), op();
  }
}

/// An operation that returns false had nothing to do: its time counts, the call does not.
template <class Op>
[[gnu::noinline]] std::uint64_t run_batch_counted(void* operation, std::uint64_t times) {
  if constexpr (std::is_same_v<std::invoke_result_t<Op&>, bool>) {
    Op& op = *static_cast<Op*>(operation);
    std::uint64_t done = 0;
#pragma GCC unroll 1
    for (; times != 0; --times) done += op() ? 1U : 0U;
    return done;
  } else {
    run_batch<Op>(operation, times);
    return times;
  }
}

template <class Op>
[[nodiscard]] Batch batch_of(Op& op) {
  return {.operation = &op,
          .run = &run_batch<Op>,
          .run_unrolled = &run_batch_unrolled<Op>,
          .run_counted = &run_batch_counted<Op>};
}

/// Does the requested calibration or visit and returns true; false if pulsebench did not start the
/// suite.
[[nodiscard]] bool take_over(benchmark::State& state, const Batch& batch);

}  // namespace harness

/// Measures `op`: one call is one operation. In a plain Google Benchmark run this is `for (auto _ :
/// state) op();`. Under pulsebench it times slices of calls with a fenced cycle counter. Set-up
/// belongs before the call, inputs must be opaque to the optimizer and results must be consumed
/// (`opaque.hpp`).
///
/// With several threads (`Threads`, `ThreadRange`) each calls this with its own operation; `Setup`
/// creates shared objects before. They are pinned to the allowed CPUs in turn and measured while
/// all of them overlap. The result is wall time x threads / operations: the time of one operation
/// as a thread sees it. An operation must not wait for another thread without end, since all stop
/// when the visit is over. It may return false instead: the call then counts as time and not as an
/// operation.
///
/// The result names the source line of the call: leave `file` and `line` to the compiler.
template <class Op>
void measure(benchmark::State& state, Op&& op, const char* file = __builtin_FILE(),
             int line = __builtin_LINE()) {
  harness::Batch batch = harness::batch_of(op);
  batch.file = file;
  batch.line = line;
  if (harness::take_over(state, batch)) return;
  for (auto _ : state) op();
}

/// Measures `op` like `measure`, and also times each call: for operations of a microsecond and more
/// whose slow calls matter. The result has p50, p90, p99, p99.9 and the maximum beside the usual
/// time, which includes about 20 ns of timing. An `op` that returns a `std::chrono::duration`
/// reports this latency instead of its own time, also in the usual time. So the rest of its work
/// (such as a clean-up for the next call) is not timed. One thread only.
template <class Op>
void measure_latency(benchmark::State& state, Op&& op, const char* file = __builtin_FILE(),
                     int line = __builtin_LINE()) {
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
  batch.file = file;
  batch.line = line;
  batch.latencies = &log;
  batch.reports_its_time = !std::is_void_v<Returned>;
  if (harness::take_over(state, batch)) return;
  for (auto _ : state) timed();
}

}  // namespace pulsebench
