// Cost of reading clocks: the floors of everything that is timed.
#include <benchmark/benchmark.h>
#include <ctime>

#include <pulsebench/harness/measure.hpp>
#if defined(__x86_64__)
#include <x86intrin.h>
#endif

namespace {

#if defined(__x86_64__)
// R: the cycle counter, unfenced.
void rdtsc(benchmark::State& state) {
  pulsebench::measure(state, [] { benchmark::DoNotOptimize(__rdtsc()); });
}
BENCHMARK(rdtsc)->Name("floors/rdtsc");
#endif

// T: the thread's CPU time, a system call on Linux.
void thread_cpu_clock(benchmark::State& state) {
  timespec time{};
  pulsebench::measure(state, [&time] {
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    benchmark::DoNotOptimize(time);
  });
}
BENCHMARK(thread_cpu_clock)->Name("floors/thread_cpu_clock");

}  // namespace
