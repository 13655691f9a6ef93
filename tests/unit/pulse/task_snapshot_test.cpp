#include "pulse/task_snapshot.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <memory>
#include <numeric>
#include <string>
#include <vector>

#include "pulse/hook_registry.hpp"
#include "pulse/tier_hooks.hpp"

using namespace std::chrono_literals;
using pulse::PollContext;
using pulse::PollResult;
using pulse::PollTimes;
using pulse::Statistics;
using pulse::TaskSnapshot;
using pulse::TaskState;
using std::chrono::nanoseconds;
using std::chrono::steady_clock;

namespace {

/// Polls of tasks through the registry of a manager with statistics.
struct Bench {
  PollContext begin() { return {tiers.register_task(worker), worker.index()}; }

  void poll(const PollContext& task, PollResult result, nanoseconds time = 0ns) {
    registry.before_poll(task);
    const auto start = steady_clock::now();
    while (steady_clock::now() - start < time) continue;
    static_cast<void>(registry.after_poll(task, result));
  }

  [[nodiscard]] std::vector<TaskSnapshot> all() {
    std::vector<TaskSnapshot> found;
    tiers.tasks().for_each_slot([&](const pulse::TaskSlot& slot) {
      const auto stats = pulse::TaskTable::stats_of(&slot);
      if (const auto task = snapshot_of(slot, stats, tiers.watch())) found.push_back(*task);
    });
    return found;
  }

  [[nodiscard]] TaskSnapshot only() {
    const auto found = all();
    REQUIRE(found.size() == 1);
    return found.front();
  }

  pulse::WorkerGroup group{1};
  pulse::Worker worker{group};
  pulse::TierManager tiers{group, {}, nullptr, {}, Statistics::kept};
  pulse::HookRegistry registry{group};
  pulse::TierConnection connection{registry, tiers, pulse::Timing::none};
};

std::uint32_t sum(const TaskSnapshot& task) {
  return std::accumulate(task.timed_polls.begin(), task.timed_polls.end(), 0U);
}

/// The counter's rate is measured within 2 ms.
constexpr nanoseconds with_slack(nanoseconds time) { return time + time / 100 + 10us; }

}  // namespace

TEST_CASE("a task that waits, is queued and polled has that state, and its polls are counted") {
  Bench bench;
  const PollContext task = bench.begin();
  CHECK(bench.only().state == TaskState::waiting);
  bench.tiers.queued(task.task);
  CHECK(bench.only().state == TaskState::ready);
  bench.registry.before_poll(task);
  CHECK(bench.only().state == TaskState::running);
  static_cast<void>(bench.registry.after_poll(task, PollResult::again));
  CHECK(bench.only().state == TaskState::ready);
  bench.poll(task, PollResult::waiting);
  CHECK(bench.only().state == TaskState::waiting);
  CHECK(bench.only().polls == 2);
  CHECK(bench.only().id == bench.tiers.id_of(task.task));
}

TEST_CASE("polls are counted across evaluations of the rules, and where the tier is set by hand") {
  Bench bench;
  const PollContext task = bench.begin();
  const auto between = [](pulse::Tier tier) {
    return pulse::TierConfig{}.tiers[index_of(tier)].polls_between_evaluations;
  };
  const std::uint32_t most = 3 * between(pulse::Tier::monitor) + 2;
  for (std::uint32_t polls = 1; polls <= most; ++polls) {
    bench.poll(task, PollResult::again);
    CHECK(bench.only().polls == polls);
  }
  bench.tiers.set_tier(task.task, pulse::Tier::warn);
  CHECK(bench.only().polls == most);
  for (std::uint32_t polls = 1; polls <= 2 * between(pulse::Tier::warn) + 1; ++polls) {
    bench.poll(task, PollResult::again);
    CHECK(bench.only().polls == most + polls);
  }
}

TEST_CASE("an owner that is preempted while it moves the evaluation has its number of polls") {
  std::atomic<TaskState> state{TaskState::waiting};
  std::uint32_t left = 0;
  pulse::TaskStats::Line line;
  pulse::TaskStats::Times times;
  const pulse::TaskStats stats{state, std::atomic_ref{left}, line, times};
  line.evaluation = 40;
  CHECK(polls_of(stats) == 40);
  line.evaluation = 40 | pulse::TaskStats::Line::kMoving;
  CHECK(polls_of(stats) == 40);
  left = 20;
  CHECK(polls_of(stats) == 40);
  line.evaluation = 60;
  CHECK(polls_of(stats) == 40);
}

TEST_CASE("a task's tier and the line that registered it are shown") {
  Bench bench;
  const auto task = bench.tiers.register_task(bench.worker);
  const auto line = static_cast<std::uint32_t>(__LINE__ - 1);
  bench.tiers.set_tier(task, pulse::Tier::isolate);
  CHECK(bench.only().tier == pulse::Tier::isolate);
  CHECK(bench.only().where.line == line);
  CHECK(std::string(bench.only().where.file) == __FILE__);
}

TEST_CASE("an ended task is not shown, and the next task of its slot starts from zero") {
  Bench bench;
  bench.tiers.watch().start();
  const PollContext first = bench.begin();
  bench.poll(first, PollResult::again, 1ms);
  bench.tiers.complete(bench.worker, first.task);
  CHECK(bench.all().empty());
  const PollContext second = bench.begin();
  REQUIRE(second.task == first.task);  // the same slot
  const TaskSnapshot task = bench.only();
  CHECK(task.polls == 0);
  CHECK(task.busy == 0ns);
  CHECK(task.self_wakes == 0);
  CHECK(sum(task) == 0);
}

TEST_CASE("no times are taken without a watch") {
  Bench bench;
  const PollContext task = bench.begin();
  bench.poll(task, PollResult::again, 1ms);
  CHECK(bench.only().polls == 1);
  CHECK(bench.only().busy == 0ns);
  CHECK(bench.only().longest == 0ns);
  CHECK(sum(bench.only()) == 0);
}

TEST_CASE("busy time is the time in polls, and queued time the time until them") {
  Bench bench;
  bench.tiers.watch().start();
  const PollContext task = bench.begin();
  const auto start = steady_clock::now();
  bench.poll(task, PollResult::again, 2ms);
  const auto between = steady_clock::now();
  while (steady_clock::now() - between < 3ms) continue;
  bench.poll(task, PollResult::waiting, 1ms);
  const TaskSnapshot seen = bench.only();
  const nanoseconds elapsed = steady_clock::now() - start;
  CHECK(with_slack(seen.busy) >= 3ms);
  CHECK(with_slack(seen.queued) >= 3ms);
  CHECK(with_slack(seen.longest) >= 2ms);
  CHECK(seen.longest <= seen.busy);
  CHECK(seen.busy + seen.queued <= with_slack(elapsed));
  CHECK(seen.current == 0ns);
  CHECK(seen.self_wakes == 1);
  CHECK(sum(seen) == 2);
}

// tokio-rs/console issue 405: a task that never ends its poll had no busy time.
TEST_CASE("a poll in progress counts as busy time, also one that began before the watch") {
  for (const bool is_watched_before : {true, false}) {
    Bench bench;
    const PollContext task = bench.begin();
    if (is_watched_before) bench.tiers.watch().start();
    bench.registry.before_poll(task);
    if (!is_watched_before) bench.tiers.watch().start();
    const auto start = steady_clock::now();
    while (steady_clock::now() - start < 2ms) continue;
    const TaskSnapshot seen = bench.only();
    CHECK(seen.state == TaskState::running);
    CHECK(with_slack(seen.current) >= 2ms);
    CHECK(seen.busy == seen.current);
    CHECK(seen.longest == seen.current);
    CHECK(sum(seen) == 0);
    static_cast<void>(bench.registry.after_poll(task, PollResult::waiting));
    CHECK(bench.only().busy >= seen.busy);
    CHECK(sum(bench.only()) == 1);
  }
}

TEST_CASE("a new watch forgets the times of the earlier one, and keeps the polls") {
  Bench bench;
  const PollContext task = bench.begin();
  bench.tiers.watch().start();
  bench.poll(task, PollResult::again, 5ms);
  bench.tiers.watch().stop();
  bench.poll(task, PollResult::waiting);
  bench.tiers.watch().start();
  CHECK(bench.only().busy == 0ns);
  CHECK(bench.only().self_wakes == 0);
  const auto start = steady_clock::now();
  bench.poll(task, PollResult::waiting);
  const nanoseconds elapsed = steady_clock::now() - start;
  CHECK(bench.only().busy <= with_slack(elapsed));
  CHECK(sum(bench.only()) == 1);
  CHECK(bench.only().polls == 3);
}

TEST_CASE("poll times are counted in powers of two from 2^14 to 2^27 ns") {
  CHECK(PollTimes::bucket_of(0) == 0);
  CHECK(PollTimes::bucket_of((1U << 14U) - 1) == 0);
  CHECK(PollTimes::bucket_of(1U << 14U) == 1);
  CHECK(PollTimes::bucket_of((1U << 27U) - 1) == PollTimes::kBuckets - 2);
  CHECK(PollTimes::bucket_of(1U << 27U) == PollTimes::kBuckets - 1);
  CHECK(PollTimes::bucket_of(~std::uint64_t{0}) == PollTimes::kBuckets - 1);
  for (std::size_t bucket = 1; bucket < PollTimes::kBuckets; ++bucket) {
    CHECK(PollTimes::bucket_of(PollTimes::lowest(bucket)) == bucket);
    CHECK(PollTimes::bucket_of(PollTimes::lowest(bucket) - 1) == bucket - 1);
  }
}

TEST_CASE("statistics of all tasks of several chunks lie on lines of their own") {
  Bench bench;
  constexpr std::size_t kTasks = 2 * pulse::TaskTable::kSlotsPerChunk + 1;
  std::vector<PollContext> tasks;
  for (std::size_t i = 0; i < kTasks; ++i) tasks.push_back(bench.begin());
  bench.tiers.watch().start();
  for (std::size_t i = 0; i < kTasks; ++i) {
    for (std::size_t n = 0; n <= i % 3; ++n) bench.poll(tasks[i], PollResult::waiting);
  }
  const auto found = bench.all();
  REQUIRE(found.size() == kTasks);
  std::size_t polls = 0;
  for (const TaskSnapshot& task : found) {
    polls += task.polls;
    REQUIRE(sum(task) == task.polls);
  }
  CHECK(polls == kTasks / 3 * 6);
}

TEST_CASE("a manager without statistics has hooks that keep none") {
  pulse::WorkerGroup group{1};
  pulse::TierManager tiers{group};
  CHECK_FALSE(tiers.keeps_statistics());
  pulse::Worker worker{group};
  pulse::HookRegistry registry{group};
  const pulse::TierConnection connection(registry, tiers, pulse::Timing::none);
  const PollContext poll{tiers.register_task(worker), worker.index()};
  tiers.watch().start();
  registry.before_poll(poll);
  static_cast<void>(registry.after_poll(poll, PollResult::waiting));
  CHECK(tiers.get_metrics().polls == 1);
}
