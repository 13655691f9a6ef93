#include "pulsebench/harness/threaded_request.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <numeric>
#include <thread>
#include <vector>

#include "pulsebench/harness/opaque.hpp"

using namespace pulsebench;
using namespace pulsebench::harness;

namespace {

wire::TakeVisit ask(int threads, std::uint64_t operations, double inject_percent = 0.0) {
  return {.id = "a/threads:" + std::to_string(threads),
          .batching = {.operations = operations, .slices = 10},
          .warm_up_ns = 0,
          .heap_padding = 0,
          .inject_percent = inject_percent};
}

const wire::Calibrate kCalibrate{.id = "a/threads:2",
                                 .slice_ns = 200'000,
                                 .visit_ns = 4'000'000,
                                 .warm_up_ns = 0,
                                 .min_operations = 32,
                                 .min_slices = 8,
                                 .max_slices = 50};

/// Runs `op(index)` in `threads` threads as a team.
template <class Op>
void let_work(ThreadedRequest& team, int threads, Op op) {
  std::vector<std::thread> all;
  for (int i = 0; i < threads; ++i) {
    all.emplace_back([&team, &op, i] {
      auto mine = [&op, i] { return op(i); };
      team.work(batch_of(mine), i);
    });
  }
  for (std::thread& thread : all) thread.join();
}

}  // namespace

TEST_CASE("a visit of several threads has its slices, and the operations of each thread") {
  ThreadedRequest team{ask(3, 10'000), 3};
  std::atomic<std::uint64_t> shared{0};
  let_work(team, 3, [&](int) { shared.fetch_add(1); });
  REQUIRE(team.done());
  REQUIRE(team.visited());
  const Visit& visit = team.visited()->visit;
  CHECK(visit.slices.size() == 10);
  REQUIRE(visit.thread_operations.size() == 3);
  const auto sum = std::accumulate(visit.thread_operations.begin(), visit.thread_operations.end(),
                                   std::uint64_t{0});
  CHECK(sum >= 3 * 10 * 10'000 * 9 / 10);
  CHECK(sum <= shared.load());
  CHECK(visit.reference_ns > 0.0);
}

TEST_CASE("threads slower than calibrated end the visit by its time") {
  constexpr std::uint64_t kOperations = 4'000;
  auto request = ask(2, kOperations);  // 80,000 in total, some microseconds each
  request.visit_ns = 1'000'000;
  ThreadedRequest team{request, 2};
  std::atomic<std::uint64_t> shared{0};
  let_work(team, 2, [&](int) {
    for (int i = 0; i < 1000; ++i) shared.fetch_add(1, std::memory_order_relaxed);
    return true;
  });
  const Visit& visit = team.visited()->visit;
  CHECK(visit.slices.size() == 10);
  const auto& done = visit.thread_operations;
  CHECK(done[0] + done[1] > 0);
  CHECK(done[0] + done[1] < 2 * 10 * kOperations / 2);
}

TEST_CASE("an operation that returns false costs time and is not counted") {
  ThreadedRequest team{ask(2, 1'000), 2};
  let_work(team, 2, [](int thread) {
    consume(thread);
    return thread == 0;
  });
  const auto& done = team.visited()->visit.thread_operations;
  CHECK(done[0] > 0);
  CHECK(done[1] == 0);
}

TEST_CASE("every thread does injected work, which is not counted") {
  ThreadedRequest team{ask(2, 10'000, 100.0), 2};
  std::atomic<std::uint64_t> calls{0};
  let_work(team, 2, [&](int) { calls.fetch_add(1, std::memory_order_relaxed); });
  const auto& done = team.visited()->visit.thread_operations;
  CHECK(calls.load() >= 2 * (done[0] + done[1]));
}

TEST_CASE("a calibration finds a batch for each thread, and a cost above the empty loop") {
  ThreadedRequest team{kCalibrate, 2};
  std::atomic<std::uint64_t> shared{0};
  let_work(team, 2, [&](int) { shared.fetch_add(1); });
  REQUIRE(team.calibrated());
  CHECK(team.calibrated()->ns_per_op > team.calibrated()->empty_loop_ns_per_op);
  CHECK(team.calibrated()->batching.operations > 32);
  CHECK_FALSE(team.calibrated()->measured_nothing);
}

TEST_CASE("a calibration of threads without work measures nothing") {
  bool seen = false;  // other programs can hide it for a while
  for (int i = 0; i < 50 && !seen; ++i) {
    ThreadedRequest team{kCalibrate, 2};
    auto nothing = [] { benchmark::ClobberMemory(); };
    std::thread other([&] { team.work(batch_of(nothing), 1); });
    team.work(batch_of(nothing), 0);
    other.join();
    seen = team.calibrated()->measured_nothing;
  }
  CHECK(seen);
}
