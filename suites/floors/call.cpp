// Cost of a call that the compiler cannot inline: the floor of every hook.
#include <benchmark/benchmark.h>

#include <pulsebench/harness/measure.hpp>
#include <pulsebench/harness/opaque.hpp>

namespace {

[[gnu::noinline]] void callee() { asm volatile(""); }

// I: call and return through a pointer that is unknown to the optimizer.
void indirect_call(benchmark::State& state) {
  void (*const function)() = pulsebench::opaque(&callee);
  pulsebench::measure(state, [function] { function(); });
}
BENCHMARK(indirect_call)->Name("floors/indirect_call");

}  // namespace
