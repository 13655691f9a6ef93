// Every structure that an executor's workers share, with 1 to 16 threads. Each worker polls its own
// tasks, so only shared data can make more threads slower.
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

/// One of the executor's workers, with its own task.
struct Member {
  Executor& executor = *Shared<Executor>::get();
  pulse::Worker worker{executor.group};
  pulse::PollContext poll{executor.tiers.register_task(worker), worker.index()};
  pulse::PollResult result = pulsebench::opaque(pulse::PollResult::waiting);

  ~Member() { executor.tiers.complete(worker, poll.task); }
};

void consume(benchmark::State& state) {
  Member member;
  auto* const budget = pulsebench::opaque(&member.executor.budgets[member.worker.index()].budget);
  pulsebench::measure(state, [budget] { pulsebench::consume(budget->consume()); });
}
BENCHMARK(consume)->Name("contention/budget_consume")->Apply(contended<Executor>);

void before_poll(benchmark::State& state) {
  Member member;
  pulsebench::measure(state, [&member] { member.executor.registry.before_poll(member.poll); });
}
BENCHMARK(before_poll)->Name("contention/before_poll")->Apply(contended<Executor>);

void cycle(benchmark::State& state) {
  Member member;
  pulsebench::measure(state, [&member] {
    Executor& executor = member.executor;
    executor.registry.before_poll(member.poll);
    pulsebench::consume(executor.tiers.budget(member.poll.task).consume());
    benchmark::ClobberMemory();
    pulsebench::consume(executor.registry.after_poll(member.poll, member.result));
    pulsebench::consume(executor.tiers.should_yield(member.poll.task));
    member.worker.quiescent();
  });
}
BENCHMARK(cycle)->Name("contention/manager_cycle")->Apply(contended<Executor>);

// All threads read the tier of one task, which does not change.
void get_tier_by_id(benchmark::State& state) {
  Member member;
  pulsebench::measure(state, [&member] {
    pulsebench::consume(member.executor.tiers.get_tier(member.executor.hot));
  });
}
BENCHMARK(get_tier_by_id)->Name("contention/get_tier_by_id")->Apply(contended<Executor>);

void increment_counter(benchmark::State& state) {
  Member member;
  pulsebench::measure(state,
                      [&member] { member.executor.metrics.increment_counter(member.worker, 0); });
}
BENCHMARK(increment_counter)->Name("contention/increment_counter")->Apply(contended<Executor>);

void register_complete(benchmark::State& state) {
  Member member;
  pulsebench::measure(state, [&member] {
    pulse::TierManager& tiers = member.executor.tiers;
    const pulse::TaskHandle task = tiers.register_task(member.worker);
    tiers.complete(member.worker, task);
  });
}
BENCHMARK(register_complete)->Name("contention/register_complete")->Apply(contended<Executor>);

// Puts an item into the worker's lane, and takes one from it or from another worker.
void slow_queue(benchmark::State& state) {
  Member member;
  pulsebench::measure(state, [&member] {
    auto& queue = member.executor.queue;
    pulsebench::consume(queue.enqueue(member.worker, 1, pulse::Priority::normal));
    pulsebench::consume(queue.process_batch(member.worker, 1, [](std::uint64_t) {}));
  });
}
BENCHMARK(slow_queue)->Name("contention/slow_queue")->Apply(contended<Executor>);

}  // namespace
