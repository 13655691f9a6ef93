// CpuTimer, which replaces a system call (floors/thread_cpu_clock).
#include <benchmark/benchmark.h>

#include <pulse/cpu_timer.hpp>
#include <pulsebench/harness/measure.hpp>

namespace {

void thread_cpu_time(benchmark::State& state) {
  // Without restartable sequences this measures the system call.
  state.SetLabel(pulse::CpuTimer::is_fast_here() ? "cycle counter" : "system call");
  pulsebench::measure(state, [] { benchmark::DoNotOptimize(pulse::CpuTimer::thread_cpu_time()); });
}
BENCHMARK(thread_cpu_time)->Name("cpu_timer/thread_cpu_time");  // critical paths: ~30 ns

}  // namespace
