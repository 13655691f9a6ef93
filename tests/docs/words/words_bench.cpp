#include <benchmark/benchmark.h>

#include <string>

#include "words.hpp"

static std::string text_of(int words) {
  std::string text;
  for (int i = 0; i < words; ++i) text += std::string(1 + i % 9, 'x') + ' ';
  return text;
}

static void count(benchmark::State& state) {
  const std::string text = text_of(static_cast<int>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(count_words(text));
}
BENCHMARK(count)->Arg(10)->Arg(100);

static void longest(benchmark::State& state) {
  const std::string text = text_of(100);
  for (auto _ : state) benchmark::DoNotOptimize(longest_word(text));
}
BENCHMARK(longest);

BENCHMARK_MAIN();
