// Cost of threads on one shared cache line, and on separate lines: the two limits of every shared
// structure.
#include <benchmark/benchmark.h>

#include <atomic>
#include <cstdint>
#include <pulsebench/harness/measure.hpp>
#include <pulsebench/harness/opaque.hpp>
#include <vector>

#include "shared.hpp"

namespace {

struct alignas(64) Line {
  std::atomic<std::uint64_t> value{0};
};

struct Lines {
  explicit Lines(std::size_t threads) : own(threads) {}
  Line shared;
  std::vector<Line> own;
};

void shared_xadd(benchmark::State& state) {
  auto& word = Shared<Lines>::get()->shared.value;
  pulsebench::measure(
      state, [&word] { pulsebench::consume(word.fetch_add(1, std::memory_order_relaxed)); });
}
// Targets: the table of expected scaling; the first is "uncontended atomic", patterns of Crossbeam.
BENCHMARK(shared_xadd)->Name("contention/shared_xadd")->Apply(contended<Lines>);

void own_xadd(benchmark::State& state) {
  auto& word = Shared<Lines>::get()->own[static_cast<std::size_t>(state.thread_index())].value;
  pulsebench::measure(
      state, [&word] { pulsebench::consume(word.fetch_add(1, std::memory_order_relaxed)); });
}
BENCHMARK(own_xadd)->Name("contention/own_xadd")->Apply(contended<Lines>);

}  // namespace
