// Cost of copying bytes: the floor of everything that reads or writes a message.
#include <benchmark/benchmark.h>

#include <cstring>
#include <pulsebench/harness/measure.hpp>
#include <pulsebench/harness/opaque.hpp>
#include <vector>

namespace {

// C: memcpy of 4 KiB (first-level cache), 64 KiB (second level) and 1 MiB.
void copy(benchmark::State& state) {
  const auto bytes = static_cast<std::size_t>(state.range(0));
  const std::vector<char> source(bytes, 'x');
  std::vector<char> target(bytes);
  const char* const from = pulsebench::opaque(source.data());
  char* const to = pulsebench::opaque(target.data());
  pulsebench::measure(state, [from, to, bytes] {
    std::memcpy(to, from, bytes);
    benchmark::ClobberMemory();
  });
  state.SetBytesProcessed(state.iterations() * state.range(0));
}
BENCHMARK(copy)->Name("floors/copy")->RangeMultiplier(16)->Range(4096, 1 << 20);

}  // namespace
