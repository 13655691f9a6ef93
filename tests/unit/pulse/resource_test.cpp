#include "pulse/resource.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "pulse/slow_queue.hpp"
#include "pulse/tier_manager.hpp"

using pulse::Resource;
using pulse::ResourceSnapshot;
using pulse::ResourceTable;
using pulse::Waiter;

namespace {

std::vector<ResourceSnapshot> all(ResourceTable& table) {
  std::vector<ResourceSnapshot> found;
  table.for_each([&](const ResourceSnapshot& one) { found.push_back(one); });
  return found;
}

ResourceSnapshot only(ResourceTable& table) {
  const auto found = all(table);
  REQUIRE(found.size() == 1);
  return found.front();
}

}  // namespace

TEST_CASE("resources of one place are counted together: opened, closed, and what waits") {
  ResourceTable table;
  {
    std::vector<Resource> timers;
    for (int i = 0; i < 3; ++i) timers.push_back(Resource(&table, "timer"));
    timers[0].wait();
    timers[1].wait();
    timers[1].leave();
    CHECK(only(table).opened == 3);
    CHECK(only(table).closed == 0);
    CHECK(only(table).waiting == 1);
    CHECK(std::string(only(table).kind) == "timer");
    CHECK(std::string(only(table).where.file).ends_with("resource_test.cpp"));
    timers[0].leave();
    timers.pop_back();
    CHECK(only(table).closed == 1);
  }
  CHECK(only(table).closed == 3);
  CHECK(only(table).waiting == 0);
}

TEST_CASE("a resource that moves is opened once and closed once") {
  ResourceTable table;
  {
    Resource first(&table, "timer");
    Resource second(std::move(first));
    Resource third;
    third = std::move(second);
    third.wait();
    CHECK(only(table).opened == 1);
    CHECK(only(table).waiting == 1);
    CHECK(only(table).closed == 0);
  }
  CHECK(only(table).closed == 1);
}

TEST_CASE("a waiter waits as long as it lives, also when its resource is closed before") {
  ResourceTable table;
  auto timer = std::make_unique<Resource>(&table, "timer");
  Waiter waiter(*timer);
  const Waiter moved(std::move(waiter));
  CHECK(only(table).waiting == 1);
  timer.reset();
  CHECK(only(table).waiting == 1);
  { const Waiter other = Waiter(Resource(&table, "other")); }
  Waiter last = Waiter(Resource(&table, "last"));
  last = Waiter();
  std::size_t waiting = 0;
  for (const auto& one : all(table)) waiting += one.waiting;
  CHECK(waiting == 1);
}

TEST_CASE("an empty resource, as without statistics, shows nothing") {
  pulse::WorkerGroup group{1};
  pulse::TierManager bare{group};
  CHECK(bare.resources() == nullptr);
  const Resource none(bare.resources(), "timer");
  const Resource asked(bare.resources(), "queue", [] { return std::size_t{7}; });
  none.wait();
  const Waiter waiter(none);
  none.leave();
}

TEST_CASE("a queue that is asked counts nothing itself, and is not asked after its end") {
  pulse::WorkerGroup group{1};
  const pulse::Worker worker{group};
  pulse::TierManager tiers{group, {}, nullptr, {}, pulse::Statistics::kept};
  pulse::SlowQueue<int> queue(group, 16);
  const auto sums = [&] {
    ResourceSnapshot sum;
    for (const auto& one : all(*tiers.resources())) {
      sum.opened += one.opened;
      sum.closed += one.closed;
      sum.waiting += one.waiting;
    }
    return sum;
  };
  {
    Resource shown(tiers.resources(), "queue", [&] { return queue.size(); });
    REQUIRE(queue.enqueue(worker, 1, pulse::Priority::low));
    REQUIRE(queue.enqueue(worker, 2, pulse::Priority::low));
    CHECK(sums().opened == 1);
    CHECK(sums().waiting == 2);
    const Resource moved(std::move(shown));
    CHECK(queue.process_batch(worker, 1, [](int) {}) == 1);
    CHECK(sums().waiting == 1);
  }
  CHECK(sums().opened == 1);
  CHECK(sums().closed == 1);
  CHECK(sums().waiting == 0);  // one is in the queue still
}
