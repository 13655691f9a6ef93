// Every structure that an executor's workers share, at 1 to 16 threads. Each worker polls tasks of
// its own, so that only what is really shared can cost more with more threads.
#include <benchmark/benchmark.h>

#include <pulse/hook_registry.hpp>
#include <pulse/metrics.hpp>
#include <pulse/slow_queue.hpp>
#include <pulse/task_budget.hpp>
#include <pulse/tier_hooks.hpp>
#include <pulse/tier_manager.hpp>
#include <pulsebench/harness/measure.hpp>
#include <pulsebench/harness/opaque.hpp>
#include <vector>

#include "shared.hpp"

namespace {

struct Executor {
  struct alignas(64) Budget {
    pulse::TaskBudget budget{4'000'000'000U};
  };

  explicit Executor(std::size_t threads) : group(threads), budgets(threads) {
    registry.set_hooks(std::make_shared<pulse::TierHooks>(tiers, pulse::Timing::none));
    hot = tiers.id_of(tiers.register_task());
  }

  pulse::WorkerGroup group;
  pulse::TierManager tiers{group};
  pulse::HookRegistry registry{group};
  pulse::Metrics metrics{group, {{"polls_total", ""}}, {{"poll_ns", ""}}};
  pulse::SlowQueue<std::uint64_t> queue{group, 256};
  std::vector<Budget> budgets;
  pulse::TaskId hot{};
};

/// One of the executor's workers, with a task of its own.
struct Crewman {
  Executor& executor = *Shared<Executor>::get();
  pulse::Worker worker{executor.group};
  pulse::PollContext poll{executor.tiers.register_task(worker), worker.index()};
  pulse::PollResult result = pulsebench::opaque(pulse::PollResult::waiting);

  ~Crewman() { executor.tiers.complete(worker, poll.task); }
};

void consume(benchmark::State& state) {
  Crewman crewman;
  auto* const budget = pulsebench::opaque(&crewman.executor.budgets[crewman.worker.index()].budget);
  pulsebench::measure(state, [budget] { pulsebench::consume(budget->consume()); });
}
BENCHMARK(consume)->Name("contention/budget_consume")->Apply(contended<Executor>);

void before_poll(benchmark::State& state) {
  Crewman crewman;
  pulsebench::measure(state, [&crewman] { crewman.executor.registry.before_poll(crewman.poll); });
}
BENCHMARK(before_poll)->Name("contention/before_poll")->Apply(contended<Executor>);

void cycle(benchmark::State& state) {
  Crewman crewman;
  pulsebench::measure(state, [&crewman] {
    Executor& executor = crewman.executor;
    executor.registry.before_poll(crewman.poll);
    pulsebench::consume(executor.tiers.budget(crewman.poll.task).consume());
    benchmark::ClobberMemory();
    pulsebench::consume(executor.registry.after_poll(crewman.poll, crewman.result));
    pulsebench::consume(executor.tiers.should_yield(crewman.poll.task));
    crewman.worker.quiescent();
  });
}
BENCHMARK(cycle)->Name("contention/manager_cycle")->Apply(contended<Executor>);

// All ask for the tier of one task, which nobody changes.
void get_tier_by_id(benchmark::State& state) {
  Crewman crewman;
  pulsebench::measure(state, [&crewman] {
    pulsebench::consume(crewman.executor.tiers.get_tier(crewman.executor.hot));
  });
}
BENCHMARK(get_tier_by_id)->Name("contention/get_tier_by_id")->Apply(contended<Executor>);

void increment_counter(benchmark::State& state) {
  Crewman crewman;
  pulsebench::measure(
      state, [&crewman] { crewman.executor.metrics.increment_counter(crewman.worker, 0); });
}
BENCHMARK(increment_counter)->Name("contention/increment_counter")->Apply(contended<Executor>);

void register_complete(benchmark::State& state) {
  Crewman crewman;
  pulsebench::measure(state, [&crewman] {
    pulse::TierManager& tiers = crewman.executor.tiers;
    const pulse::TaskHandle task = tiers.register_task(crewman.worker);
    tiers.complete(crewman.worker, task);
  });
}
BENCHMARK(register_complete)->Name("contention/register_complete")->Apply(contended<Executor>);

// An item into a worker's own lane and one out of it, or out of another's.
void slow_queue(benchmark::State& state) {
  Crewman crewman;
  pulsebench::measure(state, [&crewman] {
    auto& queue = crewman.executor.queue;
    pulsebench::consume(queue.enqueue(crewman.worker, 1, pulse::Priority::normal));
    pulsebench::consume(queue.process_batch(crewman.worker, 1, [](std::uint64_t) {}));
  });
}
BENCHMARK(slow_queue)->Name("contention/slow_queue")->Apply(contended<Executor>);

}  // namespace
