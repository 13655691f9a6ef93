/// A benchmark whose functions have known shares of its time, as each is a chain of dependent
/// multiplications of known length: alpha has 50 of 100, leaf (called by alpha) 30, and beta 20, in
/// a function that is inlined into it. LEAF makes leaf longer.
#include <cstdint>

#include "pulsebench/harness/measure.hpp"
#include "pulsebench/harness/opaque.hpp"

#ifndef LEAF
#define LEAF 30
#endif

namespace {

inline __attribute__((always_inline)) std::uint64_t chain(std::uint64_t x, int length) {
  for (int i = 0; i < length; ++i) {
    x = x * 6364136223846793005U + 1442695040888963407U;
    asm volatile("" : "+r"(x));
  }
  return x;
}

__attribute__((noinline)) std::uint64_t leaf(std::uint64_t x) { return chain(x, LEAF); }

inline __attribute__((always_inline)) std::uint64_t inlined_part(std::uint64_t x) {
  return chain(x, 20);
}

__attribute__((noinline)) std::uint64_t alpha(std::uint64_t x) {
  x = chain(x, 50);
  x ^= leaf(x);
  return x + 1;
}

__attribute__((noinline)) std::uint64_t beta(std::uint64_t x) {
  x = inlined_part(x);
  asm volatile("" : "+r"(x));
  return x ^ 3U;
}

void known_shares(benchmark::State& state) {
  std::uint64_t x = 1;
  pulsebench::measure(state, [&x] {
    x = alpha(x);
    x = beta(x) + 1;
  });
  pulsebench::consume(x);
}
BENCHMARK(known_shares)->Name("profiled/known_shares");
BENCHMARK(known_shares)->Name("profiled/two_threads")->Threads(2);

}  // namespace
