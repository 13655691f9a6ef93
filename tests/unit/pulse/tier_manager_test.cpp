#include "pulse/tier_manager.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <thread>
#include <vector>

using pulse::Priority;
using pulse::TaskHandle;
using pulse::TaskId;
using pulse::Tier;
using pulse::TierConfig;
using pulse::TierManager;
using pulse::Worker;
using pulse::WorkerGroup;

namespace {

TierConfig with_budget(std::uint32_t units) {
  TierConfig config;
  config.poll_budget = units;
  return config;
}

}  // namespace

TEST_CASE("a new task is in tier monitor and need not yield") {
  WorkerGroup group;
  TierManager tiers(group);
  const TaskHandle task = tiers.register_task();
  CHECK(tiers.get_tier(task) == Tier::monitor);
  CHECK(tiers.get_tier(tiers.id_of(task)) == Tier::monitor);
  CHECK_FALSE(tiers.should_yield(task));
}

// docs/pulse.md, "Tier rules": poll budget 2000, times 4, 2, 1, 0.5.
TEST_CASE("a task's budget follows its priority") {
  WorkerGroup group;
  TierManager tiers(group, with_budget(2000));
  CHECK(tiers.budget(tiers.register_task(Priority::critical)).remaining() == 8000);
  CHECK(tiers.budget(tiers.register_task(Priority::high)).remaining() == 4000);
  CHECK(tiers.budget(tiers.register_task(Priority::normal)).remaining() == 2000);
  CHECK(tiers.budget(tiers.register_task(Priority::low)).remaining() == 1000);
}

TEST_CASE("a task yields from tier yield on") {
  WorkerGroup group;
  TierManager tiers(group);
  const Worker worker(group);
  const TaskHandle task = tiers.register_task();
  tiers.set_tier(task, Tier::warn);
  CHECK_FALSE(tiers.should_yield(task));
  tiers.set_tier(task, Tier::yield);
  CHECK(tiers.should_yield(task));
  tiers.set_tier(task, Tier::isolate);
  CHECK(tiers.should_yield(task));
}

TEST_CASE("a task yields with its last unit, and continues to yield") {
  WorkerGroup group;
  TierManager tiers(group, with_budget(100));
  const TaskHandle task = tiers.register_task();
  for (int i = 0; i < 99; ++i) tiers.budget(task).consume();
  CHECK_FALSE(tiers.should_yield(task));
  tiers.budget(task).consume();
  CHECK(tiers.should_yield(task));
  // If the budget wrapped, the 101st would make the task unlimited.
  for (int i = 0; i < 1000; ++i) {
    tiers.budget(task).consume();
    REQUIRE(tiers.should_yield(task));
  }
}

TEST_CASE("another thread's exhaust makes the task yield") {
  WorkerGroup group;
  TierManager tiers(group);
  const TaskHandle task = tiers.register_task();
  std::thread([&] { tiers.budget(task).exhaust(); }).join();
  CHECK(tiers.should_yield(task));
}

TEST_CASE("an id finds its task during its life only") {
  WorkerGroup group;
  TierManager tiers(group);
  const TaskHandle task = tiers.register_task();
  const Worker worker(group);
  const TaskId id = tiers.id_of(task);
  tiers.set_tier(task, Tier::warn);
  CHECK(tiers.get_tier(id) == Tier::warn);
  tiers.complete(task);
  CHECK_FALSE(tiers.get_tier(id).has_value());
  const TaskHandle next = tiers.register_task();
  CHECK(next == task);
  CHECK_FALSE(tiers.get_tier(id).has_value());
  CHECK(tiers.get_tier(tiers.id_of(next)) == Tier::monitor);
}

TEST_CASE("ids that were never issued find no task") {
  WorkerGroup group;
  TierManager tiers(group);
  CHECK_FALSE(tiers.get_tier(TaskId{}).has_value());
  const TaskHandle task = tiers.register_task();
  CHECK_FALSE(tiers.get_tier(TaskId{}).has_value());
  CHECK_FALSE(tiers.get_tier(TaskId{tiers.id_of(task).value + 1}).has_value());
  CHECK_FALSE(tiers.get_tier(TaskId{~std::uint64_t{0}}).has_value());
}

TEST_CASE("a look-up by id never returns the tier of the slot's next task") {
  // Tasks of two tiers alternate in one slot, while observers look up the first kind.
  WorkerGroup group;
  TierManager tiers(group);
  const Worker worker(group);
  std::atomic<std::uint64_t> warned{0};
  std::atomic<bool> stop{false};
  std::atomic<int> wrong{0};
  std::vector<std::thread> observers;
  for (int o = 0; o < 2; ++o) {
    observers.emplace_back([&] {
      while (!stop.load(std::memory_order_relaxed)) {
        // The task is in tier warn before its id is published, and in no other tier.
        const auto tier = tiers.get_tier(TaskId{warned.load(std::memory_order_acquire)});
        if (tier && *tier != Tier::warn) ++wrong;
      }
    });
  }
  for (int i = 0; i < 200'000; ++i) {
    const TaskHandle task = tiers.register_task();
    tiers.set_tier(task, Tier::warn);
    warned.store(tiers.id_of(task).value, std::memory_order_release);
    tiers.complete(task);
    const TaskHandle other = tiers.register_task();
    tiers.set_tier(other, Tier::isolate);
    tiers.complete(other);
  }
  stop = true;
  for (auto& observer : observers) observer.join();
  CHECK(wrong.load() == 0);
}

TEST_CASE("concurrent registrations and completions never share a slot") {
  WorkerGroup group;
  TierManager tiers(group, with_budget(100));
  std::atomic<int> bad{0};
  std::vector<std::thread> owners;
  for (int t = 0; t < 4; ++t) {
    owners.emplace_back([&] {
      for (int i = 0; i < 20'000; ++i) {
        const TaskHandle task = tiers.register_task();
        for (int c = 0; c < 3; ++c) tiers.budget(task).consume();
        if (tiers.budget(task).remaining() != 97) ++bad;
        tiers.complete(task);
      }
    });
  }
  for (auto& owner : owners) owner.join();
  CHECK(bad.load() == 0);
}
