// Isolation inside and outside of a container's namespaces, each in a separate process. Inside,
// control groups cannot be created, so another method is used, which is the label. Also the cost of
// entering such namespaces. Source: docs/suites.md, "container environment".
#include <benchmark/benchmark.h>
#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include <memory>
#include <optional>
#include <pulsebench/harness/measure.hpp>
#include <pulsebench/harness/opaque.hpp>

#include "container.hpp"
#include "ladder.hpp"

namespace {

using pulse::Isolation;
using Walls = Container::Walls;

void measure_in(benchmark::State& state, Walls walls, const Container::Make& make) {
  const Container container(walls, make);
  if (!container.problem().empty()) {
    state.SkipWithError(container.problem().c_str());
    return;
  }
  state.SetLabel(container.name());
  pulsebench::measure_latency(state, [&container] { return container.operate(); });
}

Container::Operation create(std::string& name) {
  name = name_of(Isolation(strongest()));
  return [] {
    std::optional<Isolation> isolation;
    return time_of([&isolation] { isolation.emplace(strongest()); });
  };
}
void create_in(benchmark::State& state, Walls walls) { measure_in(state, walls, create); }
BENCHMARK_CAPTURE(create_in, out, Walls::none)->Name("isolation/container/out/create");
BENCHMARK_CAPTURE(create_in, in, Walls::namespaces)->Name("isolation/container/in/create");

Container::Operation attach_warm(std::string& name) {
  const auto isolation = std::make_shared<Isolation>(strongest());
  const pid_t self = this_thread();
  name = name_of(*isolation);
  return [isolation, self] {
    const auto took =
        time_of([&isolation, self] { pulsebench::consume(isolation->attach(self).has_value()); });
    pulsebench::consume(isolation->release(self).has_value());
    return took;
  };
}
void attach_warm_in(benchmark::State& state, Walls walls) { measure_in(state, walls, attach_warm); }
BENCHMARK_CAPTURE(attach_warm_in, out, Walls::none)->Name("isolation/container/out/attach_warm");
BENCHMARK_CAPTURE(attach_warm_in, in, Walls::namespaces)
    ->Name("isolation/container/in/attach_warm");

// A process that enters a new user and mount namespace and exits, as when a container starts.
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
