// Chains of yields: threads that give way to each other. With as many threads as CPUs there is
// nobody to give way to, and it is the price of the system call.
#include <benchmark/benchmark.h>

#include <pulsebench/harness/measure.hpp>
#include <thread>

namespace {

void yield_now(benchmark::State& state) {
  pulsebench::measure(state, [] { std::this_thread::yield(); });
}
BENCHMARK(yield_now)->Name("yield/thread")->ThreadRange(1, 16);  // target: 1.5 us, yield benchmarks

}  // namespace
