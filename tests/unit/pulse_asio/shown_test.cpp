// What a Console shows of the Asio adapter: timers, strands and the lane, and operations.
#include <doctest/doctest.h>

#include <asio/bind_executor.hpp>
#include <asio/post.hpp>
#include <atomic>
#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pulse/asio/executor.hpp"
#include "pulse/asio/steady_timer.hpp"
#include "pulse/asio/timed.hpp"
#include "pulse/cpu_timer.hpp"
#include "pulse/operation.hpp"
#include "pulse_asio/isolating.hpp"

using namespace std::chrono_literals;
using pulse::OperationSnapshot;
using pulse::ResourceSnapshot;
using pulse::asio::executor;
using pulse::asio::Runtime;
using pulse::asio::RuntimeOptions;
using pulse::asio::steady_timer;
using pulse::asio::timed;

namespace {

RuntimeOptions watched(std::size_t workers) {
  RuntimeOptions options;
  options.workers = workers;
  options.timing = pulse::Timing::none;
  options.isolation.ladder = {pulse::IsolationKind::sched_idle};
  options.statistics = pulse::Statistics::kept;
  return options;
}

/// The resources of one kind, whatever their places.
ResourceSnapshot sum_of(Runtime& runtime, std::string_view kind) {
  ResourceSnapshot sum;
  runtime.tiers().resources()->for_each([&](const ResourceSnapshot& one) {
    if (one.kind != kind) return;
    sum.where = one.where;
    sum.opened += one.opened;
    sum.closed += one.closed;
    sum.waiting += one.waiting;
  });
  return sum;
}

std::vector<OperationSnapshot> operations_of(Runtime& runtime) {
  std::vector<OperationSnapshot> found;
  pulse::Operation::for_each(runtime.tiers().watch(),
                             [&](const OperationSnapshot& one) { found.push_back(one); });
  return found;
}

std::uint32_t backlog_of(const executor& task) {
  return pulse::TaskTable::stats_of(task.handle().slot).hot.backlog.load();
}

}  // namespace

TEST_CASE("a timer is shown by its place, with the waits at it") {
  Runtime runtime(watched(1));
  std::error_code seen;
  {
    const executor task(runtime);
    std::optional<steady_timer> timer(std::in_place, task, 1h, pulse::Location{"app.cpp", 5});
    CHECK(sum_of(runtime, "timer").opened == 1);
    CHECK(sum_of(runtime, "timer").waiting == 0);
    CHECK(std::string(sum_of(runtime, "timer").where.file) == "app.cpp");
    timer->async_wait([&](std::error_code error) { seen = error; });
    CHECK(sum_of(runtime, "timer").waiting == 1);
    timer.reset();
    CHECK(sum_of(runtime, "timer").closed == 1);
  }
  runtime.join();
  CHECK(seen == ::asio::error::operation_aborted);
  CHECK(sum_of(runtime, "timer").waiting == 0);
}

TEST_CASE("a timer begins and waits where the source says so") {
  Runtime runtime(watched(1));
  runtime.tiers().watch().start();
  const executor task(runtime);
  steady_timer timer(task, 1h);
  const auto opened = static_cast<std::uint32_t>(__LINE__ - 1);
  timer.async_wait([](std::error_code) {});
  const auto waits = static_cast<std::uint32_t>(__LINE__ - 1);
  CHECK(sum_of(runtime, "timer").where.line == opened);
  REQUIRE(operations_of(runtime).size() == 1);
  CHECK(operations_of(runtime)[0].where.line == waits);
  CHECK(operations_of(runtime)[0].waiting == 1);
}

TEST_CASE("waits for a timer are timed from their begin to their handler") {
  constexpr auto kWait = 20ms;
  Runtime runtime(watched(2));
  runtime.tiers().watch().start();
  {
    const executor task(runtime);
    auto timer = std::make_shared<steady_timer>(task, kWait);
    timer->async_wait([timer](std::error_code) {});
  }
  runtime.join();
  const auto rows = operations_of(runtime);
  REQUIRE(rows.size() == 1);
  CHECK(std::string(rows[0].kind) == "timer");
  CHECK(rows[0].ended == 1);
  CHECK(rows[0].waiting == 0);
  CHECK(rows[0].total >= kWait - 1ms);  // the two clocks differ by some 1e-4
  CHECK(rows[0].longest == rows[0].total);
}

TEST_CASE("any operation can be timed, with what is associated with its handler") {
  Runtime runtime(watched(1));
  runtime.tiers().watch().start();
  std::promise<bool> ran_as_poll;
  {
    const executor task(runtime);
    const auto look = [&] {
      const auto stats = pulse::TaskTable::stats_of(task.handle().slot);
      ran_as_poll.set_value(stats.state.load() == pulse::TaskState::running);
    };
    ::asio::post(timed(::asio::bind_executor(task, look), "post"));
    CHECK(ran_as_poll.get_future().get());
  }
  runtime.join();
  const auto rows = operations_of(runtime);
  REQUIRE(rows.size() == 1);
  CHECK(std::string(rows[0].kind) == "post");
  CHECK(rows[0].ended == 1);
}

TEST_CASE("the executor is found in an any_io_executor, and others are not shown") {
  Runtime runtime(watched(1));
  const executor task(runtime);
  const ::asio::any_io_executor any = task;
  CHECK(pulse::asio::runtime_of(any) == &runtime);
  CHECK(pulse::asio::runtime_of(::asio::any_io_executor(runtime.pool().get_executor())) == nullptr);
  CHECK(pulse::asio::runtime_of(::asio::any_io_executor()) == nullptr);
  runtime.tiers().watch().start();
  steady_timer elsewhere(runtime.pool().get_executor(), 1ms);
  std::promise<void> called;
  elsewhere.async_wait([&](std::error_code) { called.set_value(); });
  called.get_future().wait();
  CHECK(operations_of(runtime).empty());
  CHECK(sum_of(runtime, "timer").opened == 0);
}

TEST_CASE("without statistics, timers and timed operations work the same") {
  RuntimeOptions options = watched(1);
  options.statistics = pulse::Statistics::none;
  Runtime runtime(options);
  runtime.tiers().watch().start();
  int calls = 0;
  {
    const executor task(runtime);
    auto timer = std::make_shared<steady_timer>(task, 1ms);
    timer->async_wait([&, timer](std::error_code error) { calls += error ? 0 : 1; });
    ::asio::post(timed(::asio::bind_executor(task, [&] { ++calls; }), "post"));
  }
  runtime.join();
  CHECK(calls == 2);
  CHECK(runtime.tiers().resources() == nullptr);
  CHECK(operations_of(runtime).empty());
}

TEST_CASE("each executor is a strand, at which handlers wait for earlier ones") {
  Runtime runtime(watched(1));
  std::vector<std::uint32_t> seen;
  {
    const executor task(runtime, pulse::Priority::normal, {"app.cpp", 9});
    CHECK(sum_of(runtime, "strand").opened == 1);
    CHECK(std::string(sum_of(runtime, "strand").where.file) == "app.cpp");
    std::promise<void> posted;
    const auto look = [&] { seen.push_back(backlog_of(task)); };
    ::asio::post(task, [&] {
      posted.get_future().wait();
      look();
    });
    for (int i = 0; i < 3; ++i) ::asio::post(task, look);
    posted.set_value();
    std::promise<void> last;
    ::asio::post(task, [&] {
      look();
      last.set_value();
    });
    last.get_future().wait();
  }
  runtime.join();
  REQUIRE(seen.size() == 5);
  CHECK(seen[0] >= 3);  // and the last, if it was posted already
  CHECK(seen[0] <= 4);
  CHECK(seen[4] == 0);
  for (std::size_t i = 1; i < seen.size(); ++i) CHECK(seen[i] + i <= 4);
  CHECK(sum_of(runtime, "strand").closed == 1);
}

TEST_CASE("tasks that are queued for the lane wait at it") {
  const RuntimeOptions options = isolating(watched(1));
  Runtime runtime(options, nullptr, {"app.cpp", 3});
  REQUIRE(runtime.isolation().kind().has_value());
  CHECK(sum_of(runtime, "lane").opened == 1);
  CHECK(sum_of(runtime, "lane").where.line == 3);
  std::uint64_t most = 0;
  std::atomic<bool> is_seen{false};
  // While one runs in the lane, the other one waits for it.
  const std::function<void(const executor&)> turn = [&](const executor& on) {
    ::asio::post(on, [&, on] {
      const auto start = pulse::CpuTimer::reference();
      while (pulse::CpuTimer::reference() - start < 20us) continue;
      if (!is_seen.load()) turn(on);
    });
  };
  {
    const executor first(runtime);
    const executor second(runtime);
    turn(first);
    turn(second);
    while (most == 0) most = sum_of(runtime, "lane").waiting;
    is_seen = true;
  }
  runtime.join();
  CHECK(most <= 2);
  CHECK(sum_of(runtime, "lane").waiting == 0);
  CHECK(runtime.tiers().get_metrics().isolations > 0);
}
