// CpuTimer, beside the system call that it stands for.
#include <benchmark/benchmark.h>

#include <pulse/cpu_timer.hpp>
#include <pulsebench/harness/measure.hpp>

namespace {

void thread_cpu_time(benchmark::State& state) {
  if (!pulse::CpuTimer::is_fast_here()) {
    state.SkipWithError("no restartable sequences or no constant cycle counter here");
    return;
  }
  pulsebench::measure(state, [] { benchmark::DoNotOptimize(pulse::CpuTimer::thread_cpu_time()); });
}
BENCHMARK(thread_cpu_time)->Name("cpu_timer/thread_cpu_time");  // critical paths: ~30 ns

}  // namespace
