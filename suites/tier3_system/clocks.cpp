// Ways to read the CPU time. Source: critical paths, CPU time measurement.
#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <ctime>
#include <pulsebench/harness/measure.hpp>
#include <pulsebench/harness/opaque.hpp>

namespace {

void clock_of(benchmark::State& state, clockid_t clock) {
  timespec now{};
  pulsebench::measure(state, [&now, clock] {
    clock_gettime(clock, &now);
    pulsebench::consume(now.tv_nsec);
  });
}
BENCHMARK_CAPTURE(clock_of, thread, CLOCK_THREAD_CPUTIME_ID)->Name("clock/thread_cpu");  // ~30 ns
BENCHMARK_CAPTURE(clock_of, process, CLOCK_PROCESS_CPUTIME_ID)->Name("clock/process_cpu");
BENCHMARK_CAPTURE(clock_of, monotonic, CLOCK_MONOTONIC)->Name("clock/monotonic");

void usage(benchmark::State& state) {
  rusage now{};
  pulsebench::measure(state, [&now] {
    getrusage(RUSAGE_THREAD, &now);
    pulsebench::consume(now.ru_utime.tv_usec);
  });
}
BENCHMARK(usage)->Name("clock/getrusage_thread");

}  // namespace
