// A Google Benchmark program whose costs do not show in a short repetition. Built twice: in the
// second, SLOWER, they are 30 % higher, and the compiler removes the body of a benchmark.
#include <benchmark/benchmark.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <thread>

namespace {

#ifdef SLOWER
constexpr int kWork = 1300;
constexpr std::uint64_t kPeriodicWork = 4'000'000;
#else
constexpr int kWork = 1000;
constexpr std::uint64_t kPeriodicWork = 1'000'000;
#endif

void multiply(std::uint64_t times) {
  std::uint64_t x = 3;
  for (std::uint64_t i = 0; i < times; ++i) benchmark::DoNotOptimize(x *= 5);
}

/// On one CPU its first iteration waits until the scheduler takes the CPU away from it.
void waits_for_a_thread(benchmark::State& state) {
  std::atomic<bool> runs{false}, stop{false};
  std::thread other{[&] {
    runs = true;
    while (!stop) std::this_thread::sleep_for(std::chrono::milliseconds{1});
  }};
  for (auto _ : state) {
    while (!runs) {
    }
    multiply(kWork);
  }
  stop = true;
  other.join();
}
BENCHMARK(waits_for_a_thread)->UseRealTime();

/// A cost that comes every 100,000 iterations, which take three milliseconds.
void flushes_now_and_then(benchmark::State& state) {
  std::uint64_t count = 0;
  for (auto _ : state) {
    multiply(20);
    if (++count % 100'000 == 0) multiply(kPeriodicWork);
  }
}
BENCHMARK(flushes_now_and_then);

void removed(benchmark::State& state) {
  for (auto _ : state) {
#ifndef SLOWER
    multiply(50);
#endif
  }
}
BENCHMARK(removed);

void skips(benchmark::State& state) {
  state.SkipWithError("no such device");
  for (auto _ : state) {
  }
}
BENCHMARK(skips);

void skips_now(benchmark::State& state) {
#ifdef SLOWER
  state.SkipWithError("no such device");
#endif
  for (auto _ : state) multiply(50);
}
BENCHMARK(skips_now);

void plain(benchmark::State& state) {
  for (auto _ : state) multiply(50);
}
BENCHMARK(plain);

}  // namespace

BENCHMARK_MAIN();
