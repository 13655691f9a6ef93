// A suite whose operation calls twenty functions. Each has a place of ten bytes that executes one
// instruction: a jump over its number. tests/profiling/explain.py writes two others there, of which
// the first is slow (rdrand), so that a copy of the suite executes one instruction more and is
// slower.
#include <benchmark/benchmark.h>

#include <array>
#include <cstdint>
#include <pulsebench/harness/measure.hpp>
#include <utility>

namespace {

using Word = std::uint64_t;

/// eb 08: a jump over the next eight bytes, which are a mark and the number of the function.
template <int kNumber>
[[gnu::noinline]] Word step(Word x) {
  asm volatile(".byte 0xeb, 0x08, 0x70, 0x62, 0x2d, 0x68, 0x65, 0x72, 0x65, %c0" : : "i"(kNumber));
  return x + 1;
}

template <int... kNumbers>
Word all_steps(Word x, std::integer_sequence<int, kNumbers...> /*all*/) {
  ((x = step<kNumbers>(x)), ...);
  return x;
}

void twenty(benchmark::State& state) {
  Word x = 1;
  pulsebench::measure(state, [&x] {
    x = all_steps(x, std::make_integer_sequence<int, 20>{});
    benchmark::DoNotOptimize(x);
  });
}
BENCHMARK(twenty)->Name("twenty/functions");

}  // namespace
