#include "pulse/cpu_timer.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <csignal>
#include <thread>
#include <vector>

using pulse::CpuTimer;
using std::chrono::nanoseconds;
using namespace std::chrono_literals;

namespace {

/// Uses `time` of the calling thread's CPU time, by the reference clock.
void burn(nanoseconds time) {
  const nanoseconds start = CpuTimer::reference();
  while (CpuTimer::reference() - start < time) continue;
}

/// Distance of `thread_cpu_time` from the range of two reference readings around it.
nanoseconds error_now() {
  const nanoseconds before = CpuTimer::reference();
  const nanoseconds time = CpuTimer::thread_cpu_time();
  const nanoseconds after = CpuTimer::reference();
  if (time < before) return before - time;
  return time > after ? time - after : 0ns;
}

}  // namespace

// Each anchor is a reference reading and lasts for one span of the counter. So the error is at most
// one span under any load.
TEST_CASE("the time is within one span of the reference, also on oversubscribed threads") {
  std::atomic<int> outside{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 6; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 20'000; ++i) {
        if (error_now() > CpuTimer::kSpan + 1ms) ++outside;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(outside.load() == 0);
}

TEST_CASE("the time does not advance while the thread is blocked") {
  const nanoseconds start = CpuTimer::thread_cpu_time();
  const nanoseconds reference_start = CpuTimer::reference();
  std::thread([] { burn(40ms); }).join();
  const nanoseconds passed = CpuTimer::thread_cpu_time() - start;
  const nanoseconds reference_passed = CpuTimer::reference() - reference_start;
  // A counter alone would show 40 ms or more.
  CHECK(passed <= reference_passed + CpuTimer::kSpan);
}

TEST_CASE("the time never goes backwards within a thread") {
  nanoseconds latest{0};
  for (int i = 0; i < 200'000; ++i) {
    const nanoseconds now = CpuTimer::thread_cpu_time();
    REQUIRE(now >= latest);
    latest = now;
  }
}

TEST_CASE("each thread has its own time") {
  burn(20ms);
  nanoseconds other{0};
  std::thread([&] { other = CpuTimer::thread_cpu_time(); }).join();
  CHECK(other < CpuTimer::thread_cpu_time());
}

TEST_CASE("a signal between two readings does not change the error") {
  std::signal(SIGUSR1, [](int) {});
  for (int i = 0; i < 1000; ++i) {
    static_cast<void>(CpuTimer::thread_cpu_time());
    std::raise(SIGUSR1);
    REQUIRE(error_now() <= CpuTimer::kSpan + 1ms);
  }
  std::signal(SIGUSR1, SIG_DFL);
}
