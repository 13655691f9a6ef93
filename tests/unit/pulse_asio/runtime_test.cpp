#include "pulse/asio/runtime.hpp"

#include <doctest/doctest.h>

#include <asio/any_io_executor.hpp>
#include <asio/post.hpp>
#include <asio/steady_timer.hpp>
#include <atomic>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "pulse/asio/executor.hpp"
#include "pulse/cpu_timer.hpp"
#include "pulse/task_snapshot.hpp"
#include "pulse_asio/isolating.hpp"

using namespace std::chrono_literals;
using pulse::Tier;
using pulse::asio::executor;
using pulse::asio::Runtime;
using pulse::asio::RuntimeOptions;

static_assert(::asio::execution::is_executor<executor>::value);
static_assert(std::is_convertible_v<executor, ::asio::any_io_executor>);

namespace {

RuntimeOptions untimed() {
  RuntimeOptions options;
  options.timing = pulse::Timing::none;
  options.isolation.ladder = {pulse::IsolationKind::sched_idle};
  return options;
}

/// A task that posts its next handler so many times.
void post_chain(const executor& on, int times, std::function<void()> each) {
  ::asio::post(on, [on, times, each = std::move(each)]() mutable {
    each();
    if (times > 1) post_chain(on, times - 1, std::move(each));
  });
}

}  // namespace

TEST_CASE("every handler is a poll of its task, and the task ends with its executor") {
  Runtime runtime(untimed());
  std::atomic<int> calls{0};
  {
    const executor task(runtime);
    for (int i = 0; i < 10; ++i) ::asio::post(task, [&] { ++calls; });
    CHECK(runtime.tiers().get_metrics().tasks == 1);
  }
  runtime.join();
  CHECK(calls.load() == 10);
  CHECK(runtime.tiers().get_metrics().polls == 10);
  CHECK(runtime.tiers().get_metrics().tasks == 0);
}

TEST_CASE("handlers of one task never run at the same time, and run in order") {
  RuntimeOptions options = untimed();
  options.workers = 4;
  Runtime runtime(options);
  std::vector<int> order;  // unguarded on purpose, for TSan
  {
    const executor task(runtime);
    for (int i = 0; i < 1000; ++i) ::asio::post(task, [&order, i] { order.push_back(i); });
  }
  runtime.join();
  REQUIRE(order.size() == 1000);
  for (int i = 0; i < 1000; ++i) REQUIRE(order[static_cast<std::size_t>(i)] == i);
}

TEST_CASE("move-only handlers are called") {
  Runtime runtime(untimed());
  int seen = 0;
  ::asio::post(executor(runtime), [&seen, value = std::make_unique<int>(7)] { seen = *value; });
  runtime.join();
  CHECK(seen == 7);
}

TEST_CASE("timers wake their task through the executor") {
  Runtime runtime(untimed());
  std::atomic<bool> woken{false};
  {
    const executor task(runtime);
    auto timer = std::make_shared<::asio::steady_timer>(task, 1ms);
    timer->async_wait([&, timer](std::error_code error) { woken = !error; });
  }
  runtime.join();
  CHECK(woken.load());
  CHECK(runtime.tiers().get_metrics().polls == 1);
}

TEST_CASE("a task with an exhausted budget is queued behind the ready tasks") {
  RuntimeOptions options = untimed();
  options.workers = 1;
  options.config.poll_budget = 4;
  Runtime runtime(options);
  std::vector<char> order;  // one worker
  {
    const executor gate(runtime);
    const executor greedy(runtime);
    const executor other(runtime);
    // Both are queued before either runs, and then post again. Without the rule they would
    // alternate.
    ::asio::post(gate, [&, greedy, other] {
      post_chain(greedy, 8, [&] { order.push_back('g'); });
      post_chain(other, 3, [&] { order.push_back('o'); });
    });
  }
  runtime.join();
  // After its fourth unit the greedy task waits twice, and its budget is refilled.
  CHECK(std::string(order.begin(), order.end()) == "gogogoggggg");
  CHECK(runtime.tiers().get_metrics().yields >= 1);
}

TEST_CASE("an isolated task continues in the lane, on a thread that is not a worker") {
  const RuntimeOptions options = isolating(untimed());
  Runtime runtime(options);
  std::set<std::thread::id> late;
  std::set<std::thread::id> workers;
  std::mutex mutex;
  {
    const executor hog(runtime);
    post_chain(hog, 100, [&, turn = 0]() mutable {
      const auto start = pulse::CpuTimer::reference();
      while (pulse::CpuTimer::reference() - start < 20us) continue;
      if (++turn > 50) late.insert(std::this_thread::get_id());
    });
    for (int i = 0; i < 200; ++i) {
      ::asio::post(executor(runtime), [&] {
        const std::lock_guard lock(mutex);
        workers.insert(std::this_thread::get_id());
      });
    }
  }
  runtime.join();
  REQUIRE(late.size() == 1);
  CHECK(workers.count(*late.begin()) == 0);
  CHECK(runtime.tiers().get_metrics().isolations > 0);
}

TEST_CASE("with statistics a task has its state, its polls and the place of its executor") {
  RuntimeOptions options = untimed();
  options.statistics = pulse::Statistics::kept;
  Runtime runtime(options);
  const auto tasks = [&] {
    std::vector<pulse::TaskSnapshot> found;
    runtime.tiers().tasks().for_each_slot([&](const pulse::TaskSlot& slot) {
      const auto stats = pulse::TaskTable::stats_of(&slot);
      if (const auto task = snapshot_of(slot, stats, runtime.tiers().watch())) {
        found.push_back(*task);
      }
    });
    return found;
  };
  std::vector<pulse::TaskSnapshot> inside;
  std::vector<pulse::TaskSnapshot> between;
  std::promise<void> posted;
  {
    auto task = std::make_unique<executor>(executor(runtime));
    const auto line = static_cast<std::uint32_t>(__LINE__ - 1);
    CHECK(tasks().at(0).state == pulse::TaskState::waiting);
    CHECK(tasks().at(0).where.line == line);
    ::asio::post(*task, [&] {
      posted.get_future().wait();
      inside = tasks();
    });
    ::asio::post(*task, [&] { between = tasks(); });
    posted.set_value();
    task.reset();
  }
  runtime.join();
  REQUIRE(inside.size() == 1);
  CHECK(inside.front().state == pulse::TaskState::running);
  CHECK(inside.front().polls == 0);  // none has ended
  REQUIRE(between.size() == 1);
  CHECK(between.front().polls == 1);
  CHECK(tasks().empty());
}

TEST_CASE("a queued task is ready until a worker polls it") {
  RuntimeOptions options = untimed();
  options.workers = 1;
  options.statistics = pulse::Statistics::kept;
  Runtime runtime(options);
  pulse::TaskState seen = pulse::TaskState::waiting;
  {
    const executor gate(runtime);
    const executor queued(runtime);
    ::asio::post(gate, [&, queued] {
      ::asio::post(queued, [] {});  // the only worker is here
      const auto stats = pulse::TaskTable::stats_of(queued.handle().slot);
      seen = stats.state.load();
    });
  }
  runtime.join();
  CHECK(seen == pulse::TaskState::ready);
}

TEST_CASE("without watching, handlers run and are not counted") {
  RuntimeOptions options = untimed();
  options.is_watching = false;
  Runtime runtime(options);
  std::atomic<int> calls{0};
  ::asio::post(executor(runtime), [&] { ++calls; });
  runtime.join();
  CHECK(calls.load() == 1);
  CHECK(runtime.tiers().get_metrics().polls == 0);
}

TEST_CASE("tasks may begin and end on many workers while hooks are replaced") {
  RuntimeOptions options = untimed();
  options.workers = 4;
  Runtime runtime(options);
  std::atomic<int> calls{0};
  for (int i = 0; i < 2000; ++i) {
    post_chain(executor(runtime), 5, [&] { ++calls; });
    if (i % 100 == 0) runtime.hooks().clear_hooks();
    if (i % 100 == 50) {
      runtime.hooks().set_hooks(
          std::make_shared<pulse::TierHooks>(runtime.tiers(), pulse::Timing::thread_cpu));
    }
  }
  runtime.join();
  CHECK(calls.load() == 10'000);
  CHECK(runtime.tiers().get_metrics().tasks == 0);
}
