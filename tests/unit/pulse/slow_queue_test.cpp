#include "pulse/slow_queue.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <optional>
#include <thread>
#include <vector>

using pulse::Priority;
using pulse::SlowQueue;
using pulse::StealRing;
using pulse::Worker;
using pulse::WorkerGroup;
using Queue = SlowQueue<std::uint64_t>;

namespace {

std::vector<std::uint64_t> take(Queue& queue, const Worker& worker, std::size_t most) {
  std::vector<std::uint64_t> items;
  queue.process_batch(worker, most, [&](std::uint64_t item) { items.push_back(item); });
  return items;
}

}  // namespace

TEST_CASE("a ring returns its items in order, and refuses one when it is full") {
  StealRing<std::uint64_t> ring(3);
  CHECK(ring.capacity() == 4);
  std::uint64_t out[8];
  for (int round = 0; round < 10; ++round) {
    for (std::uint64_t i = 0; i < 4; ++i) REQUIRE(ring.push(i));
    REQUIRE_FALSE(ring.push(99));
    REQUIRE(ring.size() == 4);
    REQUIRE(ring.room() == 0);
    REQUIRE(ring.pop(out, 3) == 3);
    REQUIRE(ring.pop(out + 3, 8) == 1);
    for (std::uint64_t i = 0; i < 4; ++i) REQUIRE(out[i] == i);
    REQUIRE(ring.pop(out, 8) == 0);
  }
}

TEST_CASE("a full queue refuses an item, and has room after one is taken") {
  WorkerGroup group(1);
  Queue queue(group, 2);
  const Worker worker(group);
  CHECK(queue.enqueue(worker, 1, Priority::normal));
  CHECK(queue.enqueue(worker, 2, Priority::normal));
  CHECK_FALSE(queue.enqueue(worker, 3, Priority::normal));
  CHECK(queue.enqueue(worker, 4, Priority::low));
  CHECK(queue.size() == 3);
  CHECK(take(queue, worker, 1) == std::vector<std::uint64_t>{1});
  CHECK(queue.enqueue(worker, 3, Priority::normal));
}

// In another implementation of this design tasks are stored twice, the size underflows, and the
// queue then always reports full.
TEST_CASE("the size is right after any number of pushes and pops") {
  WorkerGroup group(1);
  Queue queue(group, 8);
  const Worker worker(group);
  for (std::uint64_t round = 0; round < 1000; ++round) {
    for (std::uint64_t i = 0; i < 8; ++i) REQUIRE(queue.enqueue(worker, i, Priority::high));
    REQUIRE(queue.size() == 8);
    REQUIRE(take(queue, worker, 100).size() == 8);
    REQUIRE(queue.size() == 0);
    REQUIRE(take(queue, worker, 100).empty());
  }
}

TEST_CASE(
    "a batch takes high priorities first, the oldest first within one, and no more than asked") {
  WorkerGroup group(1);
  Queue queue(group, 8);
  const Worker worker(group);
  REQUIRE(queue.enqueue(worker, 40, Priority::low));
  REQUIRE(queue.enqueue(worker, 30, Priority::normal));
  REQUIRE(queue.enqueue(worker, 10, Priority::critical));
  REQUIRE(queue.enqueue(worker, 20, Priority::high));
  REQUIRE(queue.enqueue(worker, 11, Priority::critical));
  CHECK(take(queue, worker, 3) == std::vector<std::uint64_t>{10, 11, 20});
  CHECK(take(queue, worker, 3) == std::vector<std::uint64_t>{30, 40});
}

TEST_CASE("low priorities do not starve: every sixteenth batch starts with them") {
  WorkerGroup group(1);
  Queue queue(group, 64);
  const Worker worker(group);
  REQUIRE(queue.enqueue(worker, 999, Priority::low));
  bool served = false;
  for (int batch = 0; batch < 16 && !served; ++batch) {
    for (std::uint64_t i = 0; i < 2; ++i) REQUIRE(queue.enqueue(worker, i, Priority::critical));
    for (const auto item : take(queue, worker, 1)) served |= item == 999;
  }
  CHECK(served);
}

TEST_CASE("a worker without work takes from the outside queue, then from other workers") {
  WorkerGroup group(2);
  Queue queue(group, 8);
  const Worker busy(group);
  const Worker idle(group);
  REQUIRE(queue.enqueue(busy, 1, Priority::normal));
  REQUIRE(queue.enqueue(2, Priority::normal));
  CHECK(take(queue, idle, 10) == std::vector<std::uint64_t>{2});
  CHECK(take(queue, idle, 10) == std::vector<std::uint64_t>{1});
  CHECK(take(queue, idle, 10).empty());
}

TEST_CASE("rebalancing moves half of the difference, once each") {
  WorkerGroup group(2);
  Queue queue(group, 1024);
  const Worker busy(group);
  const Worker idle(group);
  for (std::uint64_t i = 0; i < 1000; ++i) REQUIRE(queue.enqueue(busy, i, Priority::normal));
  CHECK(queue.rebalance(idle) == 500);
  CHECK(queue.rebalance(idle) == 0);
  CHECK(queue.rebalance(busy) == 0);
  CHECK(queue.size() == 1000);
  std::vector<int> seen(1000);
  for (const auto item : take(queue, idle, 2000)) ++seen[item];
  for (const auto item : take(queue, busy, 2000)) ++seen[item];
  CHECK(seen == std::vector<int>(1000, 1));
}

TEST_CASE("a rebalance never takes more than the worker's own ring has room for") {
  WorkerGroup group(2);
  Queue queue(group, 8);
  const Worker busy(group);
  const Worker idle(group);
  for (std::uint64_t i = 0; i < 8; ++i) REQUIRE(queue.enqueue(busy, i, Priority::low));
  CHECK(queue.rebalance(idle) == 4);
  CHECK(queue.size() == 8);
}

TEST_CASE("sixteen threads deliver every item exactly once") {
  constexpr int kThreads = 16;
  constexpr std::uint64_t kEach = 20'000;
  WorkerGroup group(kThreads);
  Queue queue(group, 256);
  std::vector<std::atomic<std::uint8_t>> delivered(kThreads * kEach);
  std::atomic<std::uint64_t> count{0};
  std::vector<std::thread> threads;
  for (std::uint64_t t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      const Worker worker(group);
      const auto work = [&](std::uint64_t item) {
        delivered[item].fetch_add(1, std::memory_order_relaxed);
      };
      for (std::uint64_t i = 0; i < kEach; ++i) {
        const auto priority = static_cast<Priority>(i % 4);
        while (!queue.enqueue(worker, t * kEach + i, priority)) {
          count += queue.process_batch(worker, 10, work);
        }
        if (i % 64 == 0) count += queue.process_batch(worker, 30, work);
        if (i % 1024 == 0) queue.rebalance(worker);
      }
      while (count.load() < kThreads * kEach) {
        const std::size_t done = queue.process_batch(worker, 100, work);
        count += done;
        if (done == 0) std::this_thread::yield();
      }
    });
  }
  for (auto& thread : threads) thread.join();
  std::uint64_t wrong = 0;
  for (const auto& times : delivered) wrong += times.load() != 1;
  CHECK(wrong == 0);
  CHECK(queue.size() == 0);
}
