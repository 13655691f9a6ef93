#include <benchmark/benchmark.h>

#include <cstdint>
#include <pulsebench/harness/measure.hpp>
#include <pulsebench/harness/opaque.hpp>
#include <pulsebench/harness/traits.hpp>

namespace {

const pulsebench::Traits kTraits{"consumer/multiply", {.tier = 0, .version = 2}};

std::uint64_t multiplied(std::uint64_t seed) {
  for (int i = 0; i < 50; ++i) seed = seed * 6364136223846793005U + 1442695040888963407U;
  return seed;
}

void multiply(benchmark::State& state) {
  const auto seed = pulsebench::opaque(std::uint64_t{1});
  pulsebench::measure(state, [seed] { pulsebench::consume(multiplied(seed)); });
}
BENCHMARK(multiply)->Name("consumer/multiply");

void ordinary_loop(benchmark::State& state) {
  std::uint64_t seed = 1;
  benchmark::DoNotOptimize(seed);
  for (auto _ : state) benchmark::DoNotOptimize(multiplied(seed));
}
BENCHMARK(ordinary_loop)->Name("consumer/ordinary_loop");

}  // namespace
