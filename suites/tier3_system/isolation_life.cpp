// An isolation made and removed, an intervention that uses it, and what a refusal costs. Source:
// benchmark architecture, tier 3.
#include <benchmark/benchmark.h>
#include <sched.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include <pulse/intervention.hpp>
#include <pulse/isolation.hpp>
#include <pulsebench/harness/measure.hpp>
#include <pulsebench/harness/opaque.hpp>

namespace {

using pulse::Isolation;

// A control group where that is permitted, else the next of the ladder: what was taken is the
// label.
void create(benchmark::State& state) {
  state.SetLabel(Isolation{}.kind() ? name_of(*Isolation{}.kind()) : "none");
  pulsebench::measure(state, [] {
    Isolation isolation;
    pulsebench::consume(isolation.kind().has_value());
  });
}
BENCHMARK(create)->Name("isolation/create");  // 5 us asked; two folders and a try cost more

void isolate(benchmark::State& state) {
  class NoSink final : public pulse::LogSink {
    void write(std::string_view line) noexcept override { pulsebench::consume(line.size()); }
  } sink;
  Isolation isolation;
  pulse::Intervention intervention(sink, &isolation);
  const auto self = static_cast<pid_t>(syscall(SYS_gettid));
  pulsebench::measure(state, [&intervention, self] {
    pulsebench::consume(intervention.isolate(self));
    pulsebench::consume(intervention.release(self));
  });
}
BENCHMARK(isolate)->Name("intervention/isolate");  // target: < 20 us, there and back

// A group where nobody may make one: no privilege lets a folder be made in /proc.
void refused_folder(benchmark::State& state) {
  pulsebench::measure(state, [] { pulsebench::consume(mkdir("/proc/self/pulse", 0755)); });
}
BENCHMARK(refused_folder)->Name("isolation/refused/folder");

// A policy that no kernel has: what the ladder pays to hear that a rung is not there.
void refused_policy(benchmark::State& state) {
  const sched_param none{};
  pulsebench::measure(state, [&none] { pulsebench::consume(sched_setscheduler(0, 99, &none)); });
}
BENCHMARK(refused_policy)->Name("isolation/refused/policy");

// A process in and out of a user and mount namespace of its own, as a container starts.
void namespaces(benchmark::State& state) {
  const auto child_in = [](int flags) {
    const pid_t child = fork();
    if (child == 0) _exit(unshare(flags) == 0 ? 0 : 1);
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
  };
  constexpr int kFlags = CLONE_NEWUSER | CLONE_NEWNS;
  if (!child_in(kFlags)) {
    state.SkipWithError("no namespaces here: unshare is refused");
    return;
  }
  pulsebench::measure(state, [&child_in] { pulsebench::consume(child_in(kFlags)); });
}
BENCHMARK(namespaces)->Name("isolation/namespace");

}  // namespace
