// CpuTimer, beside the system call that it stands for.
#include <benchmark/benchmark.h>

#include <pulse/cpu_timer.hpp>
#include <pulsebench/harness/measure.hpp>

namespace {

void thread_cpu_time(benchmark::State& state) {
  // Where there are no restartable sequences, the figure is that of the system call.
  state.SetLabel(pulse::CpuTimer::is_fast_here() ? "cycle counter" : "system call");
  pulsebench::measure(state, [] { benchmark::DoNotOptimize(pulse::CpuTimer::thread_cpu_time()); });
}
BENCHMARK(thread_cpu_time)->Name("cpu_timer/thread_cpu_time");  // critical paths: ~30 ns

}  // namespace
