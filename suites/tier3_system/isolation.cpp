// Isolation and Intervention, beside the bare system calls. Targets: the benchmark architecture,
// tier 3.
#include <benchmark/benchmark.h>
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <pulse/intervention.hpp>
#include <pulsebench/harness/measure.hpp>

namespace {

using pulse::Isolation;
using pulse::IsolationKind;

pid_t this_thread() { return static_cast<pid_t>(syscall(SYS_gettid)); }

pulse::IsolationOptions only(IsolationKind kind) {
  pulse::IsolationOptions options;
  options.ladder = {kind};
  return options;
}

/// Says why where the kind is not to be had here.
bool is_skipped(benchmark::State& state, const Isolation& isolation) {
  if (isolation.kind()) return false;
  state.SkipWithError(isolation.refusals().at(0).c_str());
  return true;
}

// A thread into its isolation and back, both known already: two writes or two system calls.
void attach_release(benchmark::State& state, IsolationKind kind) {
  Isolation isolation(only(kind));
  if (is_skipped(state, isolation)) return;
  const pid_t self = this_thread();
  pulsebench::measure(state, [&isolation, self] {
    benchmark::DoNotOptimize(isolation.attach(self).has_value());
    benchmark::DoNotOptimize(isolation.release(self).has_value());
  });
}
BENCHMARK_CAPTURE(attach_release, v2, IsolationKind::cgroup_v2)
    ->Name("isolation/attach_release/cgroup_v2");
BENCHMARK_CAPTURE(attach_release, v1, IsolationKind::cgroup_v1)
    ->Name("isolation/attach_release/cgroup_v1");  // target: < 20 us for both
BENCHMARK_CAPTURE(attach_release, idle, IsolationKind::sched_idle)
    ->Name("isolation/attach_release/sched_idle");

// The same for a thread that is not known: its state is read first.
void attach_cold(benchmark::State& state, IsolationKind kind) {
  Isolation isolation(only(kind));
  if (is_skipped(state, isolation)) return;
  const pid_t self = this_thread();
  pulsebench::measure(state, [&isolation, self] {
    benchmark::DoNotOptimize(isolation.attach(self).has_value());
    benchmark::DoNotOptimize(isolation.release(self).has_value());
    isolation.forget(self);
  });
}
BENCHMARK_CAPTURE(attach_cold, v1, IsolationKind::cgroup_v1)
    ->Name("isolation/attach_cold/cgroup_v1");
BENCHMARK_CAPTURE(attach_cold, idle, IsolationKind::sched_idle)
    ->Name("isolation/attach_cold/sched_idle");

// The group made, tried out with this thread, and removed.
void create_remove(benchmark::State& state, IsolationKind kind) {
  if (is_skipped(state, Isolation(only(kind)))) return;
  pulsebench::measure(state, [kind] { Isolation{only(kind)}; });
}
BENCHMARK_CAPTURE(create_remove, v1, IsolationKind::cgroup_v1)
    ->Name("isolation/create_remove/cgroup_v1");

// What the scheduler's part costs bare: the policy there and back.
void bare_set_policy(benchmark::State& state) {
  const sched_param none{};
  pulsebench::measure(state, [&none] {
    benchmark::DoNotOptimize(sched_setscheduler(0, SCHED_IDLE, &none));
    benchmark::DoNotOptimize(sched_setscheduler(0, SCHED_OTHER, &none));
  });
}
BENCHMARK(bare_set_policy)->Name("isolation/bare/sched_idle");

class NoSink final : public pulse::LogSink {
 public:
  void write(std::string_view line) noexcept override { benchmark::DoNotOptimize(line.data()); }
};

void monitor(benchmark::State& state) {
  NoSink sink;
  const pulse::Intervention intervention(sink);
  const pulse::PollContext poll{};
  pulsebench::measure(state, [&] {
    intervention.monitor(poll);
    benchmark::ClobberMemory();
    benchmark::DoNotOptimize(&intervention);
  });
}
BENCHMARK(monitor)->Name("intervention/monitor");  // target: < 10 ns

void warn(benchmark::State& state) {
  NoSink sink;
  pulse::Intervention intervention(sink);
  pulsebench::measure(state, [&intervention] {
    intervention.warn(pulse::TaskId{42}, pulse::Tier::monitor, pulse::Tier::warn);
  });
}
BENCHMARK(warn)->Name("intervention/warn");  // target: < 200 ns

void yield(benchmark::State& state) {
  NoSink sink;
  pulse::Intervention intervention(sink);
  pulsebench::measure(state, [&intervention] { benchmark::DoNotOptimize(intervention.yield()); });
}
BENCHMARK(yield)->Name("intervention/yield");  // target: < 1 us

// A thread that is isolated already, as on every poll but the first.
void isolate_again(benchmark::State& state) {
  NoSink sink;
  Isolation isolation(only(IsolationKind::sched_idle));
  pulse::Intervention intervention(sink, &isolation);
  const pid_t self = this_thread();
  benchmark::DoNotOptimize(intervention.isolate(self));
  pulsebench::measure(
      state, [&intervention, self] { benchmark::DoNotOptimize(intervention.isolate(self)); });
}
BENCHMARK(isolate_again)->Name("intervention/isolate_again");  // target: < 10 us

}  // namespace
