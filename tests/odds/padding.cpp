// Linked before everything else, it moves all that follows: what an unrelated change does to code
// that nobody touched. PADDING says by how much.
#include <benchmark/benchmark.h>

namespace {

template <int N>
[[gnu::noinline, gnu::used]] void pad(int x) {
  for (int i = 0; i < N; ++i) benchmark::DoNotOptimize(x += i * N);
  if constexpr (N > 1) pad<N - 1>(x);
}

}  // namespace

void (*odds_padding)(int) = &pad<PADDING>;
