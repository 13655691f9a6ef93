// pulse_stress SCENARIO SECONDS: mixed load on the core library, more threads than CPUs.
// Exit code 0 where nothing was found; what was found goes to stderr.
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "pulse/hook_registry.hpp"
#include "pulse/operation.hpp"
#include "pulse/resource.hpp"
#include "pulse/slow_queue.hpp"
#include "pulse/task_snapshot.hpp"
#include "pulse/tier_hooks.hpp"
#include "pulse/tier_manager.hpp"

namespace {

using namespace std::chrono_literals;
using pulse::PollContext;
using pulse::PollResult;
using pulse::Worker;
using pulse::WorkerGroup;
using std::chrono::nanoseconds;
using std::chrono::steady_clock;

constexpr int kWorkers = 6;

/// Says what is wrong, once; true where all is well.
bool expect(bool holds, const char* what) {
  if (!holds) std::fprintf(stderr, "pulse_stress: %s\n", what);
  return holds;
}

/// Runs `work(stop)` on so many threads for the time given, and `disturb()` beside them.
template <class Work, class Disturb>
void run(int threads, nanoseconds time, Work work, Disturb disturb) {
  std::atomic<bool> stop{false};
  std::vector<std::thread> running;
  for (int t = 0; t < threads; ++t) running.emplace_back([&] { work(stop); });
  const auto end = steady_clock::now() + time;
  while (steady_clock::now() < end) disturb();
  stop = true;
  for (auto& thread : running) thread.join();
}

/// Polls one task through the registry until told to stop, parking now and then.
void poll_until(const std::atomic<bool>& stop, WorkerGroup& group, pulse::TierManager& tiers,
                const pulse::HookRegistry& registry) {
  Worker worker(group);
  const PollContext poll{tiers.register_task(worker), worker.index()};
  for (unsigned turn = 0; !stop.load(std::memory_order_relaxed); ++turn) {
    registry.before_poll(poll);
    const auto result = turn % 3 == 0 ? PollResult::waiting : PollResult::again;
    if (registry.after_poll(poll, result) != pulse::Decision::proceed) tiers.yielded(poll.task);
    worker.quiescent();
    if (turn % 64 == 0) const auto parked = worker.park();
  }
  tiers.complete(worker, poll.task);
}

bool hooks(nanoseconds time) {
  WorkerGroup group;
  pulse::TierManager tiers(group);
  {
    pulse::HookRegistry registry(group);
    int turn = 0;
    run(
        kWorkers, time, [&](auto& stop) { poll_until(stop, group, tiers, registry); },
        [&] {
          const auto timing = turn % 2 == 0 ? pulse::Timing::none : pulse::Timing::thread_cpu;
          if (turn++ % 5 == 0) {
            registry.clear_hooks();
          } else {
            registry.set_hooks(std::make_shared<pulse::TierHooks>(tiers, timing));
          }
        });
  }
  return expect(group.waiting() == 0, "hooks were left over") &&
         expect(tiers.get_metrics().tasks == 0, "tasks were left over");
}

bool config(nanoseconds time) {
  WorkerGroup group;
  pulse::TierManager tiers(group);
  std::uint32_t turn = 0;
  bool accepted = true;
  {
    pulse::HookRegistry registry(group);
    registry.set_hooks(std::make_shared<pulse::TierHooks>(tiers, pulse::Timing::none));
    run(
        kWorkers, time, [&](auto& stop) { poll_until(stop, group, tiers, registry); },
        [&] {
          pulse::TierConfig next;
          next.poll_budget = 2 + turn++ % 500;
          for (auto& policy : next.tiers) policy.polls_between_evaluations = 1 + turn % 7;
          next.hysteresis_up = std::chrono::milliseconds{turn % 3};
          accepted &= !tiers.update_config(next).has_value();
        });
  }
  return expect(accepted, "a valid configuration was refused") &&
         expect(group.waiting() == 0, "rules were left over");
}

bool churn(nanoseconds time) {
  WorkerGroup group;
  pulse::TierManager tiers(group);
  // Tasks begin on one worker and end on whichever finds them.
  std::vector<std::atomic<pulse::TaskSlot*>> shared(64);
  std::atomic<std::uint64_t> latest{0};
  run(
      kWorkers, time,
      [&](auto& stop) {
        Worker worker(group);
        for (std::size_t turn = 0; !stop.load(std::memory_order_relaxed); ++turn) {
          const auto priority = static_cast<pulse::Priority>(turn % 4);
          const auto task = tiers.register_task(worker, priority);
          const PollContext poll{task, worker.index()};
          tiers.before_poll(poll);
          static_cast<void>(tiers.after_poll(poll, PollResult::again, turn % 5 == 0 ? 20ms : 1us));
          latest.store(tiers.id_of(task).value, std::memory_order_relaxed);
          auto* const old = shared[turn * 7 % shared.size()].exchange(task.slot);
          if (old != nullptr) tiers.complete(worker, pulse::TaskHandle{old});
          worker.quiescent();
        }
      },
      [&] { static_cast<void>(tiers.get_tier(pulse::TaskId{latest.load()})); });
  for (auto& slot : shared) {
    if (slot.load() != nullptr) tiers.complete(pulse::TaskHandle{slot.load()});
  }
  return expect(tiers.get_metrics().tasks == 0, "the count of tasks is wrong");
}

/// Tasks begin, are polled and end on all workers, while another thread reads their statistics, and
/// the watch starts and stops.
bool statistics(nanoseconds time) {
  constexpr nanoseconds kSkew = 100us;  // of the clocks of two CPUs, and of polls that take longer
  WorkerGroup group;
  pulse::TierManager tiers(group, {}, nullptr, {}, pulse::Statistics::kept);
  bool is_within_age = true;
  {
    pulse::HookRegistry registry(group);
    const pulse::TierConnection connection(registry, tiers, pulse::Timing::none);
    unsigned turn = 0;
    run(
        kWorkers, time,
        [&](auto& stop) {
          Worker worker(group);
          while (!stop.load(std::memory_order_relaxed)) {
            const PollContext poll{tiers.register_task(worker), worker.index()};
            for (int i = 0; i < 100; ++i) {
              tiers.queued(poll.task);
              registry.before_poll(poll);
              const auto start = steady_clock::now();
              while (i % 50 == 0 && steady_clock::now() - start < 1ms) continue;
              const auto result = i % 3 == 0 ? PollResult::waiting : PollResult::again;
              static_cast<void>(registry.after_poll(poll, result));
              tiers.yielded(poll.task);
              worker.quiescent();
            }
            tiers.complete(worker, poll.task);
          }
        },
        [&] {
          if (turn++ % 64 == 0) tiers.watch().stop();
          if (tiers.watch().since() == 0) tiers.watch().start();
          tiers.tasks().for_each_slot([&](const pulse::TaskSlot& slot) {
            const auto stats = pulse::TaskTable::stats_of(&slot);
            const auto task = snapshot_of(slot, stats, tiers.watch());
            if (!task) return;
            is_within_age &= task->busy + task->queued <= task->age + kSkew &&
                             task->longest <= task->busy + kSkew && task->polls <= 100;
          });
        });
  }
  return expect(is_within_age, "a task was busy for longer than it lived");
}

/// Resources open and close, and operations begin and end, on all workers, while another thread
/// reads them and the watch starts and stops.
bool places(nanoseconds time) {
  WorkerGroup group;
  pulse::TierManager tiers(group, {}, nullptr, {}, pulse::Statistics::kept);
  bool is_consistent = true;
  std::atomic<std::uint64_t> opened{0};
  unsigned turn = 0;
  run(
      kWorkers, time,
      [&](auto& stop) {
        std::atomic<std::size_t> length{0};
        pulse::Operation kept;
        for (std::uint32_t i = 0; !stop.load(std::memory_order_relaxed); ++i) {
          const pulse::Location where{"stress", i % 100};
          const pulse::Resource timer(tiers.resources(), "timer", where);
          const pulse::Resource queue(
              tiers.resources(), "queue", [&] { return length.load(); }, where);
          length = i % 7;
          const pulse::Waiter waiter(timer);
          pulse::Operation operation(tiers.watch(), "wait", where);
          if (i % 3 == 0) std::swap(kept, operation);  // ends later, perhaps in another watch
          operation.end();
          opened.fetch_add(2, std::memory_order_relaxed);
        }
      },
      [&] {
        if (turn++ % 16 == 0) tiers.watch().stop();
        if (tiers.watch().since() == 0) tiers.watch().start();
        tiers.resources()->for_each([&](const pulse::ResourceSnapshot& one) {
          // A queue that is asked comes with a count of its own.
          is_consistent &= one.closed <= one.opened && one.waiting <= 6 * kWorkers;
        });
        pulse::Operation::for_each(tiers.watch(), [&](const pulse::OperationSnapshot& one) {
          is_consistent &= one.longest <= std::chrono::minutes{10};
        });
      });
  std::uint64_t shown = 0;
  std::uint64_t open = 0;
  tiers.resources()->for_each([&](const pulse::ResourceSnapshot& one) {
    shown += one.opened;
    open += one.opened - one.closed + one.waiting;
  });
  return expect(is_consistent, "counts that cannot be") &&
         expect(shown == opened.load(), "an opened resource was lost") &&
         expect(open == 0, "a closed resource is open");
}

/// Sixteen threads queue items and process them; each item is one of `count`, and none may be
/// delivered other than once.
bool deliver(std::uint64_t count) {
  constexpr std::uint64_t kThreads = 16;
  const std::uint64_t each = count / kThreads;
  WorkerGroup group(kThreads);
  pulse::SlowQueue<std::uint64_t> queue(group, 1024);
  std::vector<std::atomic<std::uint8_t>> delivered(each * kThreads);
  std::atomic<std::uint64_t> done{0};
  std::vector<std::thread> threads;
  for (std::uint64_t t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      const Worker worker(group);
      const auto work = [&](std::uint64_t item) {
        delivered[item].fetch_add(1, std::memory_order_relaxed);  // counts that stand alone
      };
      for (std::uint64_t i = 0; i < each; ++i) {
        while (!queue.enqueue(worker, t * each + i, static_cast<pulse::Priority>(i % 4))) {
          done += queue.process_batch(worker, 10, work);
        }
        if (i % 100 == 0) done += queue.process_batch(worker, 60, work);
        if (i % 5000 == 0) queue.rebalance(worker);
      }
      while (done.load() < each * kThreads) {
        const std::size_t now = queue.process_batch(worker, 100, work);
        done += now;
        if (now == 0) std::this_thread::yield();
      }
    });
  }
  for (auto& thread : threads) thread.join();
  std::uint64_t wrong = 0;
  for (const auto& times : delivered) wrong += times.load() != 1;
  return expect(wrong == 0, "an item was lost or delivered twice") &&
         expect(queue.size() == 0, "the queue's size is wrong");
}

bool queue(nanoseconds time) {
  const auto end = steady_clock::now() + time;
  bool well = true;
  while (well && steady_clock::now() < end) well = deliver(200'000);
  return well;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view scenario = argc == 3 ? argv[1] : "";
  const long amount = argc == 3 ? std::strtol(argv[2], nullptr, 10) : 0;
  if (amount > 0 && scenario == "accounting") {
    return deliver(static_cast<std::uint64_t>(amount)) ? 0 : 1;
  }
  const std::pair<std::string_view, bool (*)(nanoseconds)> scenarios[] = {
      {"hooks", hooks}, {"config", config},         {"churn", churn},
      {"queue", queue}, {"statistics", statistics}, {"places", places}};
  for (const auto& [name, run_it] : scenarios) {
    if (amount > 0 && name == scenario) return run_it(std::chrono::seconds{amount}) ? 0 : 1;
  }
  std::fprintf(stderr,
               "usage: pulse_stress hooks|config|churn|queue|statistics|places SECONDS\n"
               "       pulse_stress accounting ITEMS\n");
  return 2;
}
