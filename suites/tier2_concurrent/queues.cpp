// Queues between threads: the patterns of Crossbeam. An operation puts an item in or takes one out.
// A try on a full or empty queue costs time and is not counted.
#include <benchmark/benchmark.h>

#include <boost/lockfree/queue.hpp>
#include <boost/lockfree/spsc_queue.hpp>
#include <cstdint>
#include <pulse/slow_queue.hpp>
#include <pulsebench/harness/measure.hpp>
#include <thread>

#include "shared.hpp"

namespace {

constexpr std::size_t kCapacity = 1024;

/// A queue with the interface of these benchmarks.
struct BoostSpsc {
  explicit BoostSpsc(std::size_t /*threads*/) {}
  bool push(std::uint64_t item) { return queue.push(item); }
  bool pop(std::uint64_t& item) { return queue.pop(item); }
  boost::lockfree::spsc_queue<std::uint64_t, boost::lockfree::capacity<kCapacity>> queue;
};

struct BoostQueue {
  explicit BoostQueue(std::size_t /*threads*/) {}
  bool push(std::uint64_t item) { return queue.push(item); }
  bool pop(std::uint64_t& item) { return queue.pop(item); }
  boost::lockfree::queue<std::uint64_t, boost::lockfree::capacity<kCapacity>> queue;
};

/// A single ring of the slow queue.
struct Ring {
  explicit Ring(std::size_t /*threads*/) {}
  bool push(std::uint64_t item) { return ring.push(item); }
  bool pop(std::uint64_t& item) { return ring.pop(&item, 1) == 1; }
  pulse::StealRing<std::uint64_t> ring{kCapacity};
};

bool or_yield(bool done) {
  if (!done) std::this_thread::yield();
  return done;
}

/// An item is two operations, one to put it in and one to take it out; throughput counts items.
/// SetItemsProcessed accepts only integers.
void half_an_item(benchmark::State& state) {
  state.counters["items_per_second"] = benchmark::Counter(
      0.5 * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}

/// The last thread takes items, the others put them in.
template <class Queue>
void one_takes(benchmark::State& state) {
  auto& queue = *Shared<Queue>::get();
  const bool takes = state.thread_index() + 1 == state.threads();
  std::uint64_t item = 0;
  pulsebench::measure(state, [&queue, &item, takes] {
    return or_yield(takes ? queue.pop(item) : queue.push(++item));
  });
  half_an_item(state);
}
template <class Queue>
void two(benchmark::internal::Benchmark* benchmark) {
  benchmark->Setup(Shared<Queue>::make)->Teardown(Shared<Queue>::drop)->Threads(2);
}
template <class Queue>
void two_to_16(benchmark::internal::Benchmark* benchmark) {
  benchmark->Setup(Shared<Queue>::make)->Teardown(Shared<Queue>::drop)->ThreadRange(2, 16);
}
// Target of all: "channel send and receive below 100 ns", MPSC benchmarks.
BENCHMARK(one_takes<BoostSpsc>)->Name("queue/spsc/boost")->Apply(two<BoostSpsc>);
BENCHMARK(one_takes<Ring>)->Name("queue/spsc/steal_ring")->Apply(two<Ring>);
BENCHMARK(one_takes<BoostQueue>)->Name("queue/mpsc/boost")->Apply(two_to_16<BoostQueue>);

/// Each thread alternately puts an item in and takes one out.
void all_do_both(benchmark::State& state) {
  auto& queue = *Shared<BoostQueue>::get();
  std::uint64_t item = 0;
  bool takes = false;
  pulsebench::measure(state, [&queue, &item, &takes] {
    const bool done = takes ? queue.pop(item) : queue.push(++item);
    if (done) takes = !takes;
    return or_yield(done);
  });
  half_an_item(state);
}
BENCHMARK(all_do_both)->Name("queue/mpmc/boost")->Apply(two_to_16<BoostQueue>);

struct Slow {
  explicit Slow(std::size_t threads) : group(threads), queue(group, kCapacity) {}
  pulse::WorkerGroup group;
  pulse::SlowQueue<std::uint64_t> queue;
};

// Each worker puts items into its own lane; the last takes them, stealing from all.
void slow_mpsc(benchmark::State& state) {
  Slow& shared = *Shared<Slow>::get();
  pulse::Worker worker(shared.group);
  const bool takes = state.thread_index() + 1 == state.threads();
  pulsebench::measure(state, [&shared, &worker, takes] {
    return or_yield(takes ? shared.queue.process_batch(worker, 1, [](std::uint64_t) {}) == 1
                          : shared.queue.enqueue(worker, 1, pulse::Priority::normal));
  });
  half_an_item(state);
}
BENCHMARK(slow_mpsc)->Name("queue/mpsc/slow_queue")->Apply(two_to_16<Slow>);

// The first worker puts items in, and all others steal them: tasks that migrate.
void stealing(benchmark::State& state) {
  Slow& shared = *Shared<Slow>::get();
  pulse::Worker worker(shared.group);
  const bool puts = state.thread_index() == 0;
  pulsebench::measure(state, [&shared, &worker, puts] {
    return or_yield(puts ? shared.queue.enqueue(worker, 1, pulse::Priority::normal)
                         : shared.queue.process_batch(worker, 1, [](std::uint64_t) {}) == 1);
  });
  half_an_item(state);
}
BENCHMARK(stealing)->Name("stealing/one_has_work")->Apply(two_to_16<Slow>);

}  // namespace
