// Fairness of a contended lock: the patterns of Parking Lot. Read it beside the cost: a lock that
// the fastest thread gets is cheap because it is not fair.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <mutex>
#include <pulsebench/harness/measure.hpp>

#include "locks.hpp"
#include "shared.hpp"

namespace {

template <class Lock>
struct Guarded {
  explicit Guarded(std::size_t /*threads*/) {}
  alignas(64) Lock lock;
  alignas(64) std::uint64_t count = 0;
};

template <class Lock>
void counted(benchmark::State& state) {
  auto& shared = *Shared<Guarded<Lock>>::get();
  pulsebench::measure(state, [&shared] {
    const std::lock_guard guard(shared.lock);
    pulsebench::consume(++shared.count);
  });
}
// With one thread: "uncontended mutex below 20 ns", Parking Lot's fast path.
BENCHMARK(counted<std::mutex>)->Name("fairness/std_mutex")->Apply(contended<Guarded<std::mutex>>);
BENCHMARK(counted<AdaptiveLock>)
    ->Name("fairness/adaptive_spin")
    ->Apply(contended<Guarded<AdaptiveLock>>);
BENCHMARK(counted<EventuallyFairLock>)
    ->Name("fairness/eventually_fair")
    ->Apply(contended<Guarded<EventuallyFairLock>>);
BENCHMARK(counted<TicketLock>)->Name("fairness/ticket")->Apply(contended<Guarded<TicketLock>>);

}  // namespace
