// Isolation and Intervention, and their system calls alone. Targets: docs/suites.md.
#include <benchmark/benchmark.h>
#include <sched.h>

#include <pulse/intervention.hpp>
#include <pulsebench/harness/measure.hpp>
#include <pulsebench/harness/opaque.hpp>

#include "ladder.hpp"

namespace {

using pulse::Isolation;

// Isolates and releases a known thread: two writes or two system calls.
void attach_release(benchmark::State& state, IsolationOptionsMaker options) {
  Isolation isolation(options());
  state.SetLabel(name_of(isolation));
  const pid_t self = this_thread();
  pulsebench::measure(state, [&isolation, self] {
    benchmark::DoNotOptimize(isolation.attach(self).has_value());
    benchmark::DoNotOptimize(isolation.release(self).has_value());
  });
}
BENCHMARK_CAPTURE(attach_release, strongest, strongest)
    ->Name("isolation/attach_release/strongest");  // target: < 20 us for both
BENCHMARK_CAPTURE(attach_release, idle, sched_idle)->Name("isolation/attach_release/sched_idle");

// Cost of the scheduler's part alone: sets the policy and restores it.
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

// A demoted task needs no action: only the manager's call through the interface.
void monitor(benchmark::State& state) {
  NoSink sink;
  pulse::Intervention intervention(sink);
  pulse::TierListener* const listener =
      pulsebench::opaque(static_cast<pulse::TierListener*>(&intervention));
  const pulse::PollContext poll{};
  pulsebench::measure(state, [listener, &poll] {
    listener->on_tier_change(poll, pulse::TaskId{42}, pulse::Tier::warn, pulse::Tier::monitor);
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

// Isolates a thread by the strongest allowed method, and releases it.
void isolate(benchmark::State& state) {
  NoSink sink;
  Isolation isolation(strongest());
  state.SetLabel(name_of(isolation));
  pulse::Intervention intervention(sink, &isolation);
  const pid_t self = this_thread();
  pulsebench::measure(state, [&intervention, self] {
    benchmark::DoNotOptimize(intervention.isolate(self));
    benchmark::DoNotOptimize(intervention.release(self));
  });
}
BENCHMARK(isolate)->Name("intervention/isolate");  // target: < 20 us, there and back

// A thread that is already isolated, as on every poll except the first.
void isolate_again(benchmark::State& state) {
  NoSink sink;
  Isolation isolation(sched_idle());
  pulse::Intervention intervention(sink, &isolation);
  const pid_t self = this_thread();
  benchmark::DoNotOptimize(intervention.isolate(self));
  pulsebench::measure(
      state, [&intervention, self] { benchmark::DoNotOptimize(intervention.isolate(self)); });
}
BENCHMARK(isolate_again)->Name("intervention/isolate_again");  // target: < 10 us

}  // namespace
