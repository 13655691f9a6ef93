// Threads that yield to each other. With at most as many threads as CPUs there is no other thread
// to run, so this is the cost of the system call.
#include <benchmark/benchmark.h>

#include <pulsebench/harness/measure.hpp>
#include <thread>

namespace {

void yield_now(benchmark::State& state) {
  pulsebench::measure(state, [] { std::this_thread::yield(); });
}
BENCHMARK(yield_now)->Name("yield/thread")->ThreadRange(1, 16);  // target: 1.5 us, yield benchmarks

}  // namespace
