// Deferred destruction by quiescent states, the counterpart of epoch-based reclamation: the
// patterns of Crossbeam. A retired object waits until every worker has passed a quiescent state.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <memory>
#include <pulse/worker_group.hpp>
#include <pulsebench/harness/measure.hpp>

#include "shared.hpp"

namespace {

struct Group {
  explicit Group(std::size_t threads) : group(threads) {}
  pulse::WorkerGroup group;
};

// Cost of every poll while there are no retired objects.
void quiescent(benchmark::State& state) {
  pulse::Worker worker(Shared<Group>::get()->group);
  pulsebench::measure(state, [at = pulsebench::opaque(&worker)] { at->quiescent(); });
}
BENCHMARK(quiescent)->Name("reclamation/quiescent")->Apply(contended<Group>);

// Every thread retires all the time.
void retire(benchmark::State& state) {
  pulse::WorkerGroup& group = Shared<Group>::get()->group;
  pulse::Worker worker(group);
  pulsebench::measure(state, [&group, &worker] {
    group.retire(std::make_shared<const std::uint64_t>(42));
    worker.quiescent();
  });
}
BENCHMARK(retire)->Name("reclamation/retire")->Apply(contended<Group>);

}  // namespace
