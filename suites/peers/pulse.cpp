// The library of this repository.
#include <pulse/hook_registry.hpp>
#include <pulse/metrics.hpp>
#include <pulse/slow_queue.hpp>
#include <pulse/tier_manager.hpp>
#include <vector>

#include "../tier0_critical/noop_hooks.hpp"
#include "groups.hpp"

namespace {

using peers::kCapacity;

struct Slow {
  pulse::WorkerGroup group{2};
  pulse::SlowQueue<std::uint64_t> lanes{group, kCapacity};
  pulse::Worker worker{group};

  bool push(std::uint64_t item) { return lanes.enqueue(worker, item, pulse::Priority::normal); }
  bool pop(std::uint64_t& item) {
    return lanes.process_batch(worker, 1, [&item](std::uint64_t taken) { item = taken; }) == 1;
  }
};

struct Ring {
  pulse::StealRing<std::uint64_t> ring{kCapacity};

  bool push(std::uint64_t item) { return ring.push(item); }
  bool pop(std::uint64_t& item) { return ring.pop(&item, 1) == 1; }
};

void count(benchmark::State& state) {
  static pulse::WorkerGroup group{2};
  static pulse::Metrics metrics{group, {{"polls_total", ""}}, {}};
  pulse::Worker worker{group};
  pulsebench::measure(
      state, [at = pulsebench::opaque(&metrics), &worker, id = pulsebench::opaque(std::size_t{0})] {
        at->increment_counter(worker, id);
      });
}

void tier_by_id(benchmark::State& state) {
  pulse::WorkerGroup group{1};
  pulse::TierManager tiers{group};
  std::vector<pulse::TaskHandle> tasks;
  std::vector<pulse::TaskId> ids;
  for (std::uint64_t i = 0; i < peers::kIds; ++i) {
    tasks.push_back(tiers.register_task());
    ids.push_back(tiers.id_of(tasks.back()));
  }
  std::size_t next = 0;
  pulsebench::measure(state, [at = pulsebench::opaque(&tiers), ids = ids.data(), &next] {
    benchmark::DoNotOptimize(at->get_tier(ids[next]));
    next = next + 1 == peers::kIds ? 0 : next + 1;
  });
  for (const pulse::TaskHandle task : tasks) tiers.complete(task);
}

/// A call of a hook that may be replaced, and the announcement that it is over.
struct Hooked {
  pulse::WorkerGroup group{1};
  pulse::HookRegistry registry{group};
  pulse::Worker worker{group};
  pulse::PollContext poll{};

  Hooked() { registry.set_hooks(make_noop_hooks()); }
  bool read() {
    registry.before_poll(poll);
    worker.quiescent();
    return true;
  }
};

BENCHMARK(peers::queue<Slow>)->Name("peers/queue/pulse_slow_queue");
BENCHMARK(peers::queue<Ring>)->Name("peers/queue/pulse_steal_ring");
BENCHMARK(peers::hand_over<Ring>)->Name("peers/hand_over/pulse_steal_ring")->Threads(2);
BENCHMARK(count)->Name("peers/counter/pulse")->ThreadRange(1, 2);
BENCHMARK(tier_by_id)->Name("peers/look_up/pulse");
BENCHMARK(peers::read_side<Hooked>)->Name("peers/read_side/pulse_hook_call");

}  // namespace
