// Steps of an isolation with their latencies: creation, attaching an unknown thread (cold) and a
// known one (warm), release, removal. Each operation times its step only, without the clean-up for
// the next one. Source: docs/suites.md.
#include <benchmark/benchmark.h>

#include <optional>
#include <pulsebench/harness/measure.hpp>
#include <pulsebench/harness/opaque.hpp>
#include <pulsebench/harness/traits.hpp>

#include "ladder.hpp"

namespace {

using pulse::Isolation;

/// An isolation that can isolate this thread; SkipWithError if there is none.
class Subject {
 public:
  Subject(benchmark::State& state, IsolationOptionsMaker options) : isolation_(options()) {
    state.SetLabel(name_of(isolation_));
    const auto problem = isolation_.attach(self_);
    if (problem) state.SkipWithError(problem->c_str());
    refused_ = problem.has_value();
    release();
  }
  [[nodiscard]] bool refused() const { return refused_; }
  void attach() { pulsebench::consume(isolation_.attach(self_).has_value()); }
  void release() { pulsebench::consume(isolation_.release(self_).has_value()); }
  void forget() { isolation_.forget(self_); }

 private:
  Isolation isolation_;
  pid_t self_ = this_thread();
  bool refused_ = false;
};

// A control group if permitted, else the next of the ladder; the label is the chosen method.
void create(benchmark::State& state) {
  state.SetLabel(name_of(Isolation{strongest()}));
  pulsebench::measure_latency(state, [] {
    std::optional<Isolation> isolation;
    return time_of([&isolation] { isolation.emplace(strongest()); });
  });
}
BENCHMARK(create)->Name("isolation/create");  // the target of 5 us is below a folder's cost
const pulsebench::Traits kCreate{"isolation/create", {.version = 2}};

void remove(benchmark::State& state) {
  state.SetLabel(name_of(Isolation{strongest()}));
  pulsebench::measure_latency(state, [] {
    Isolation isolation(strongest());
    return time_of([&isolation] { pulsebench::consume(isolation.remove().has_value()); });
  });
}
BENCHMARK(remove)->Name("isolation/remove");

void attach_cold(benchmark::State& state, IsolationOptionsMaker options) {
  Subject subject(state, options);
  if (subject.refused()) return;
  subject.forget();
  pulsebench::measure_latency(state, [&subject] {
    const auto took = time_of([&subject] { subject.attach(); });
    subject.release();
    subject.forget();
    return took;
  });
}
BENCHMARK_CAPTURE(attach_cold, strongest, strongest)->Name("isolation/attach_cold/strongest");
BENCHMARK_CAPTURE(attach_cold, idle, sched_idle)->Name("isolation/attach_cold/sched_idle");
const pulsebench::Traits kColdStrongest{"isolation/attach_cold/strongest", {.version = 2}};
const pulsebench::Traits kColdIdle{"isolation/attach_cold/sched_idle", {.version = 2}};

void attach_warm(benchmark::State& state, IsolationOptionsMaker options) {
  Subject subject(state, options);
  if (subject.refused()) return;
  pulsebench::measure_latency(state, [&subject] {
    const auto took = time_of([&subject] { subject.attach(); });
    subject.release();
    return took;
  });
}
BENCHMARK_CAPTURE(attach_warm, strongest, strongest)
    ->Name("isolation/attach_warm/strongest");  // target: < 10 us
BENCHMARK_CAPTURE(attach_warm, idle, sched_idle)
    ->Name("isolation/attach_warm/sched_idle");  // target: < 10 us

void release(benchmark::State& state, IsolationOptionsMaker options) {
  Subject subject(state, options);
  if (subject.refused()) return;
  pulsebench::measure_latency(state, [&subject] {
    subject.attach();
    return time_of([&subject] { subject.release(); });
  });
}
BENCHMARK_CAPTURE(release, strongest, strongest)
    ->Name("isolation/release/strongest");  // target: < 10 us
BENCHMARK_CAPTURE(release, idle, sched_idle)
    ->Name("isolation/release/sched_idle");  // target: < 10 us

}  // namespace
