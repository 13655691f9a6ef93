// Isolation and Intervention, beside the bare system calls. Targets: the benchmark architecture,
// tier 3.
#include <benchmark/benchmark.h>
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <pulse/intervention.hpp>
#include <pulsebench/harness/measure.hpp>
#include <pulsebench/harness/opaque.hpp>

namespace {

using pulse::Isolation;
using pulse::IsolationKind;

pid_t this_thread() { return static_cast<pid_t>(syscall(SYS_gettid)); }

pulse::IsolationOptions only(IsolationKind kind) {
  pulse::IsolationOptions options;
  options.ladder = {kind};
  return options;
}

/// The strongest that this machine allows: a control group where that is permitted.
pulse::IsolationOptions strongest() { return {}; }
pulse::IsolationOptions idle() { return only(IsolationKind::sched_idle); }
using Options = pulse::IsolationOptions (*)();

void label(benchmark::State& state, const Isolation& isolation) {
  state.SetLabel(isolation.kind() ? name_of(*isolation.kind()) : "none");
}

// A thread into its isolation and back, both known already: two writes or two system calls.
void attach_release(benchmark::State& state, Options options) {
  Isolation isolation(options());
  label(state, isolation);
  const pid_t self = this_thread();
  pulsebench::measure(state, [&isolation, self] {
    benchmark::DoNotOptimize(isolation.attach(self).has_value());
    benchmark::DoNotOptimize(isolation.release(self).has_value());
  });
}
BENCHMARK_CAPTURE(attach_release, strongest, strongest)
    ->Name("isolation/attach_release/strongest");  // target: < 20 us for both
BENCHMARK_CAPTURE(attach_release, idle, idle)->Name("isolation/attach_release/sched_idle");

// The same for a thread that is not known: its state is read first.
void attach_cold(benchmark::State& state, Options options) {
  Isolation isolation(options());
  label(state, isolation);
  const pid_t self = this_thread();
  pulsebench::measure(state, [&isolation, self] {
    benchmark::DoNotOptimize(isolation.attach(self).has_value());
    benchmark::DoNotOptimize(isolation.release(self).has_value());
    isolation.forget(self);
  });
}
BENCHMARK_CAPTURE(attach_cold, strongest, strongest)->Name("isolation/attach_cold/strongest");
BENCHMARK_CAPTURE(attach_cold, idle, idle)->Name("isolation/attach_cold/sched_idle");

// Made, tried out with this thread, and removed.
void create_remove(benchmark::State& state) {
  label(state, Isolation(strongest()));
  pulsebench::measure(state, [] { Isolation{strongest()}; });
}
BENCHMARK(create_remove)->Name("isolation/create_remove/strongest");

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

// A task that became better: nothing is done, by a call that the manager makes through the
// interface.
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
