// SlowQueue. Targets: docs/suites.md.
#include <benchmark/benchmark.h>

#include <pulse/slow_queue.hpp>
#include <pulsebench/harness/measure.hpp>
#include <pulsebench/harness/opaque.hpp>

namespace {

using pulse::Priority;

struct Bench {
  pulse::WorkerGroup group{2};
  pulse::SlowQueue<std::uint64_t> queue{group, 2048};
  pulse::Worker worker{group};
  pulse::Worker other{group};
  std::uint64_t sum = 0;
  Bench* at = pulsebench::opaque(this);

  void put(std::uint64_t item) {
    benchmark::DoNotOptimize(queue.enqueue(worker, item, Priority::normal));
  }
  void take(std::size_t most) {
    benchmark::DoNotOptimize(
        queue.process_batch(worker, most, [this](std::uint64_t item) { sum += item; }));
  }
};

// Enqueues an item. Every 64 turns a batch takes 64 items, since the queue is bounded; the result
// includes 1/64 of that batch.
void enqueue(benchmark::State& state) {
  Bench bench;
  std::uint64_t turn = 0;
  pulsebench::measure(state, [at = bench.at, &turn] {
    at->put(turn);
    if (++turn % 64 == 0) at->take(64);
  });
}
BENCHMARK(enqueue)->Name("slow_queue/enqueue");  // target: < 500 ns

// Enqueues ten items, and takes them by one batch.
void process_10(benchmark::State& state) {
  Bench bench;
  pulsebench::measure(state, [at = bench.at] {
    for (std::uint64_t i = 0; i < 10; ++i) at->put(i);
    at->take(10);
  });
}
BENCHMARK(process_10)->Name("slow_queue/process_10");  // target: < 5 us

// 1000 items wait on one worker. Half of them move to the other, and return by one batch, so that
// every turn starts in the same state. The result includes the return.
void rebalance_1000(benchmark::State& state) {
  Bench bench;
  for (std::uint64_t i = 0; i < 1000; ++i) bench.at->put(i);
  pulsebench::measure(state, [at = bench.at] {
    benchmark::DoNotOptimize(at->queue.rebalance(at->other));
    at->queue.process_batch(at->other, 500, [at](std::uint64_t item) { at->put(item); });
  });
}
BENCHMARK(rebalance_1000)->Name("slow_queue/rebalance_1000");  // target: < 10 us

}  // namespace
