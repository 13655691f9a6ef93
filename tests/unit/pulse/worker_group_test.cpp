#include "pulse/worker_group.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

using pulse::Worker;
using pulse::WorkerGroup;

namespace {

/// Retires an object and returns a weak pointer to it.
std::weak_ptr<int> retire_one(WorkerGroup& group) {
  auto object = std::make_shared<int>(1);
  std::weak_ptr<int> watch = object;
  group.retire(std::move(object));
  return watch;
}

}  // namespace

TEST_CASE("without workers a retired object is destroyed at once") {
  WorkerGroup group;
  CHECK(retire_one(group).expired());
  CHECK(group.waiting() == 0);
}

TEST_CASE("a retired object lives until the online worker is quiescent") {
  WorkerGroup group;
  Worker worker(group);
  const auto watch = retire_one(group);
  CHECK_FALSE(watch.expired());
  group.reclaim();
  CHECK_FALSE(watch.expired());
  worker.quiescent();
  CHECK(watch.expired());
}

TEST_CASE("a retired object waits for the slowest worker, not for the first") {
  WorkerGroup group;
  Worker fast(group);
  Worker slow(group);
  const auto watch = retire_one(group);
  fast.quiescent();
  fast.quiescent();
  CHECK_FALSE(watch.expired());
  slow.quiescent();
  CHECK(watch.expired());
}

TEST_CASE("no object waits for a parked worker") {
  WorkerGroup group;
  Worker worker(group);
  const auto parked = worker.park();
  CHECK(retire_one(group).expired());
}

TEST_CASE("parking releases objects that were retired before") {
  WorkerGroup group;
  Worker worker(group);
  const auto watch = retire_one(group);
  const auto parked = worker.park();
  CHECK(watch.expired());
}

TEST_CASE("an object waits for a worker that is online again") {
  WorkerGroup group;
  Worker worker(group);
  { const auto parked = worker.park(); }
  const auto watch = retire_one(group);
  CHECK_FALSE(watch.expired());
  worker.quiescent();
  CHECK(watch.expired());
}

TEST_CASE("the end of a worker releases objects that waited for it") {
  WorkerGroup group;
  std::weak_ptr<int> watch;
  {
    Worker worker(group);
    watch = retire_one(group);
    CHECK_FALSE(watch.expired());
  }
  CHECK(watch.expired());
}

TEST_CASE("an object does not wait for a worker that came after its retirement") {
  WorkerGroup group;
  Worker old(group);
  const auto watch = retire_one(group);
  Worker young(group);
  old.quiescent();
  CHECK(watch.expired());
}

// In a queue that moves up with each object this would take minutes.
TEST_CASE("objects that a worker kept waiting, however many, are destroyed once it is quiescent") {
  WorkerGroup group;
  Worker worker(group);
  constexpr std::size_t kObjects = 300'000;
  for (std::size_t i = 0; i < kObjects; ++i) group.retire(std::make_shared<const std::size_t>(i));
  CHECK(group.waiting() == kObjects);
  worker.quiescent();
  CHECK(group.waiting() == 0);
}

TEST_CASE("the group's destructor destroys retired objects, and those that they retire") {
  struct Chain {
    WorkerGroup& group;
    std::shared_ptr<int> next;
    ~Chain() { group.retire(std::move(next)); }
  };
  std::weak_ptr<int> watch;
  {
    WorkerGroup group;
    auto next = std::make_shared<int>(1);
    watch = next;
    auto chain = std::make_shared<Chain>(Chain{group, nullptr});
    chain->next = std::move(next);
    group.retire(std::move(chain));
  }
  CHECK(watch.expired());
}

TEST_CASE("worker indices are small, distinct and reused") {
  WorkerGroup group(4);
  Worker first(group);
  {
    const Worker second(group);
    CHECK(first.index() == 0);
    CHECK(second.index() == 1);
  }
  const Worker third(group);
  CHECK(third.index() == 1);
}

TEST_CASE("a thread knows how many of its scopes are online") {
  WorkerGroup group;
  CHECK(Worker::online_here() == 0);
  Worker worker(group);
  CHECK(Worker::online_here() == 1);
  {
    const auto parked = worker.park();
    CHECK(Worker::online_here() == 0);
  }
  CHECK(Worker::online_here() == 1);
}

TEST_CASE("readers never see a destroyed object during replacements, and none is left over") {
  constexpr int kReaders = 4;
  constexpr int kReplacements = 20'000;
  static constexpr std::uint64_t kAlive = 0x600d600d600d600d;
  struct Object {
    std::atomic<int>& living;
    std::uint64_t mark = kAlive;
    explicit Object(std::atomic<int>& count) : living(count) { ++living; }
    ~Object() {
      mark = 0;
      --living;
    }
  };
  std::atomic<int> living{0};
  std::atomic<int> bad{0};
  {
    WorkerGroup group;
    auto owner = std::make_shared<Object>(living);
    std::atomic<Object*> shared{owner.get()};
    std::atomic<bool> stop{false};
    std::vector<std::thread> readers;
    for (int r = 0; r < kReaders; ++r) {
      readers.emplace_back([&, r] {
        Worker worker(group);
        for (int turn = 0; !stop.load(std::memory_order_relaxed); ++turn) {
          for (int i = 0; i < 8; ++i) {
            if (shared.load(std::memory_order_acquire)->mark != kAlive) ++bad;
          }
          worker.quiescent();
          if (turn % 16 == r) const auto parked = worker.park();
        }
      });
    }
    for (int i = 0; i < kReplacements; ++i) {
      auto next = std::make_shared<Object>(living);
      shared.store(next.get(), std::memory_order_release);
      owner.swap(next);
      group.retire(std::move(next));
    }
    stop = true;
    for (auto& reader : readers) reader.join();
    CHECK(group.waiting() == 0);
  }
  CHECK(bad.load() == 0);
  CHECK(living.load() == 0);
}
