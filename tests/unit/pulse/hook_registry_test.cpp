#include "pulse/hook_registry.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

using pulse::Decision;
using pulse::HookRegistry;
using pulse::PollContext;
using pulse::PollResult;
using pulse::PreemptionHooks;
using pulse::Worker;
using pulse::WorkerGroup;

namespace {

class CountingHooks : public PreemptionHooks {
 public:
  explicit CountingHooks(Decision decision = Decision::proceed) : decision_(decision) {}

  void before_poll(const PollContext& poll) noexcept override {
    ++before;
    last_worker = poll.worker;
  }
  Decision after_poll(const PollContext&, PollResult result) noexcept override {
    ++after;
    last_result = result;
    return decision_;
  }

  int before = 0;
  int after = 0;
  std::size_t last_worker = 0;
  PollResult last_result = PollResult::waiting;

 private:
  Decision decision_;
};

}  // namespace

TEST_CASE("without hooks a poll has no effect") {
  WorkerGroup group;
  HookRegistry registry(group);
  const Worker worker(group);
  CHECK_FALSE(registry.has_hooks());
  registry.before_poll({});
  CHECK(registry.after_poll({}, PollResult::again) == Decision::proceed);
}

TEST_CASE("hooks are called with the poll and its result, and their decision reaches the caller") {
  WorkerGroup group;
  HookRegistry registry(group);
  const Worker worker(group);
  const auto hooks = std::make_shared<CountingHooks>(Decision::yield);
  registry.set_hooks(hooks);
  CHECK(registry.has_hooks());
  registry.before_poll({.task = {}, .worker = 3});
  CHECK(registry.after_poll({}, PollResult::again) == Decision::yield);
  CHECK(hooks->before == 1);
  CHECK(hooks->after == 1);
  CHECK(hooks->last_worker == 3);
  CHECK(hooks->last_result == PollResult::again);
}

TEST_CASE("cleared hooks are not called, and are destroyed when the worker is quiescent") {
  WorkerGroup group;
  HookRegistry registry(group);
  Worker worker(group);
  auto hooks = std::make_shared<CountingHooks>();
  const std::weak_ptr<CountingHooks> watch = hooks;
  registry.set_hooks(std::move(hooks));
  registry.clear_hooks();
  CHECK_FALSE(registry.has_hooks());
  CHECK_FALSE(watch.expired());
  worker.quiescent();
  CHECK(watch.expired());
}

TEST_CASE("setting the same hooks again keeps them alive") {
  WorkerGroup group;
  HookRegistry registry(group);
  Worker worker(group);
  auto hooks = std::make_shared<CountingHooks>();
  registry.set_hooks(hooks);
  registry.set_hooks(hooks);
  const std::weak_ptr<CountingHooks> watch = std::move(hooks);
  worker.quiescent();
  CHECK_FALSE(watch.expired());
}

TEST_CASE("hooks may replace themselves during a call") {
  struct Replacing : PreemptionHooks {
    HookRegistry& registry;
    int mark = 7;
    explicit Replacing(HookRegistry& r) : registry(r) {}
    ~Replacing() override { mark = 0; }
    void before_poll(const PollContext&) noexcept override {
      registry.clear_hooks();
      CHECK(mark == 7);
    }
    Decision after_poll(const PollContext&, PollResult) noexcept override { return {}; }
  };
  WorkerGroup group;
  HookRegistry registry(group);
  Worker worker(group);
  registry.set_hooks(std::make_shared<Replacing>(registry));
  registry.before_poll({});
  CHECK_FALSE(registry.has_hooks());
  worker.quiescent();
  CHECK(group.waiting() == 0);
}

TEST_CASE("the registry's destructor releases the hooks") {
  WorkerGroup group;
  auto hooks = std::make_shared<CountingHooks>();
  const std::weak_ptr<CountingHooks> watch = hooks;
  {
    HookRegistry registry(group);
    registry.set_hooks(std::move(hooks));
  }
  CHECK(watch.expired());
}

// Another implementation of this design frees hooks during their calls. Here each hook records
// whether it is alive, also for ASan and TSan.
TEST_CASE("replacing hooks while others poll never lets a call reach destroyed hooks") {
  static constexpr std::uint64_t kAlive = 0x600d600d600d600d;
  struct Marked : PreemptionHooks {
    std::atomic<int>& living;
    std::atomic<int>& bad;
    std::uint64_t mark = kAlive;
    Marked(std::atomic<int>& l, std::atomic<int>& b) : living(l), bad(b) { ++living; }
    ~Marked() override {
      mark = 0;
      --living;
    }
    void before_poll(const PollContext&) noexcept override {
      if (mark != kAlive) ++bad;
    }
    Decision after_poll(const PollContext&, PollResult) noexcept override {
      if (mark != kAlive) ++bad;
      return Decision::proceed;
    }
  };
  constexpr int kWorkers = 6;
  constexpr int kReplacers = 2;
  constexpr int kReplacements = 10'000;
  std::atomic<int> living{0};
  std::atomic<int> bad{0};
  {
    WorkerGroup group;
    HookRegistry registry(group);
    std::atomic<bool> stop{false};
    std::vector<std::thread> workers;
    for (int w = 0; w < kWorkers; ++w) {
      workers.emplace_back([&, w] {
        Worker worker(group);
        const PollContext poll{.task = {}, .worker = worker.index()};
        for (int turn = 0; !stop.load(std::memory_order_relaxed); ++turn) {
          registry.before_poll(poll);
          static_cast<void>(registry.after_poll(poll, PollResult::waiting));
          worker.quiescent();
          if (turn % 32 == w) const auto parked = worker.park();
        }
      });
    }
    std::vector<std::thread> replacers;
    for (int r = 0; r < kReplacers; ++r) {
      replacers.emplace_back([&] {
        for (int i = 0; i < kReplacements; ++i) {
          if (i % 5 == 0) {
            registry.clear_hooks();
          } else {
            registry.set_hooks(std::make_shared<Marked>(living, bad));
          }
        }
      });
    }
    for (auto& replacer : replacers) replacer.join();
    stop = true;
    for (auto& worker : workers) worker.join();
  }
  CHECK(bad.load() == 0);
  CHECK(living.load() == 0);
}
