// What a call costs that the compiler cannot see through: the floor under every hook.
#include <benchmark/benchmark.h>

#include <pulsebench/harness/measure.hpp>
#include <pulsebench/harness/opaque.hpp>

namespace {

[[gnu::noinline]] void callee() { asm volatile(""); }

// I: call and return through a pointer whose value the optimizer does not know.
void indirect_call(benchmark::State& state) {
  void (*const function)() = pulsebench::opaque(&callee);
  pulsebench::measure(state, [function] { function(); });
}
BENCHMARK(indirect_call)->Name("floors/indirect_call");

}  // namespace
