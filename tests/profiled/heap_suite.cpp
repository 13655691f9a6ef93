// What these operations take from the heap, and when they give it back, is known exactly. The
// numbers of bytes and of operations are those of a design study, which measured them with DHAT.

#include <benchmark/benchmark.h>

#include <cstdint>
#include <cstdlib>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include <pulsebench/harness/measure.hpp>

namespace {

struct Node {
  char bytes[80];
};

/// 40 to 99 bytes and their end: one allocation of 41 to 100 bytes, 70.5 on average.
[[gnu::noinline]] std::string format(int i) {
#ifdef MORE
  benchmark::DoNotOptimize(std::make_unique<Node>());
#endif
  return std::string(static_cast<std::size_t>(40 + i % 60), 'x');
}

/// One operation of a thousand leaves 256 bytes behind.
[[gnu::noinline]] void leak(int i) {
  if (i % 1000 != 0) return;
  void* block = std::malloc(256);
  benchmark::DoNotOptimize(block);
}

/// One operation of ten keeps a node: two allocations, the node's and the map's.
[[gnu::noinline]] void keep(std::map<int, std::unique_ptr<Node>>& kept, int i) {
  if (i % 10 == 0) kept[i] = std::make_unique<Node>();
}

/// A temporary, and a leak.
void leaky(benchmark::State& state) {
  int i = 0;
  pulsebench::measure(state, [&i] {
    benchmark::DoNotOptimize(format(i));
    leak(i);
    ++i;
  });
}
BENCHMARK(leaky)->Name("heap/leaky");

/// A temporary, and nodes that are freed when the benchmark ends.
void kept(benchmark::State& state) {
  std::map<int, std::unique_ptr<Node>> nodes;
  int i = 0;
  pulsebench::measure(state, [&] {
    benchmark::DoNotOptimize(format(i));
    keep(nodes, i);
    ++i;
  });
}
BENCHMARK(kept)->Name("heap/kept");

/// A block lives for as many operations as its slots: 8.
void queued(benchmark::State& state) {
  std::vector<std::unique_ptr<Node>> slots(8);
  std::size_t i = 0;
  pulsebench::measure(state, [&] { slots[i++ % slots.size()] = std::make_unique<Node>(); });
}
BENCHMARK(queued)->Name("heap/queued");

void none(benchmark::State& state) {
  std::uint64_t sum = 0;
  pulsebench::measure(state, [&sum] {
    for (int i = 0; i < 8; ++i) benchmark::DoNotOptimize(sum = sum * 3 + 1);
  });
}
BENCHMARK(none)->Name("heap/none");

/// Another number of allocations in each process.
void varies(benchmark::State& state) {
  const int times = 1 + static_cast<int>(std::random_device{}() % 1000);
  pulsebench::measure(state, [times] {
    for (int i = 0; i < times; ++i) benchmark::DoNotOptimize(std::make_unique<Node>());
  });
}
BENCHMARK(varies)->Name("heap/varies");

/// More than can be recorded of 20,000 operations.
void many(benchmark::State& state) {
  pulsebench::measure(state, [] {
    for (int i = 0; i < 50; ++i) benchmark::DoNotOptimize(std::make_unique<Node>());
  });
}
BENCHMARK(many)->Name("heap/many");

/// A loop that the harness cannot cut.
void plain_loop(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(std::make_unique<Node>());
}
BENCHMARK(plain_loop)->Name("heap/plain_loop");

}  // namespace
