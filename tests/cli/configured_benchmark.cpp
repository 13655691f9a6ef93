// A Google Benchmark program that needs to be told something. Its one benchmark is named after its
// own argument, --name=TEXT, and is skipped unless CORPUS names a file, which may be relative to
// the current folder. Where SLOW is set, its main takes so many milliseconds.

#include <benchmark/benchmark.h>

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <string>
#include <thread>

namespace {

void read_corpus(benchmark::State& state) {
  const char* const corpus = std::getenv("CORPUS");
  if (corpus == nullptr) return state.SkipWithError("CORPUS is not set");
  if (!std::ifstream{corpus}) return state.SkipWithError("there is no such file");
  std::uint64_t x = 3;
  for (auto _ : state) {
    for (int i = 0; i < 100; ++i) benchmark::DoNotOptimize(x *= 5);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (const char* const slow = std::getenv("SLOW")) {
    std::this_thread::sleep_for(std::chrono::milliseconds{std::atoi(slow)});
  }
  benchmark::Initialize(&argc, argv);
  const std::string option = "--name=";
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word.rfind(option, 0) == 0) {
      benchmark::RegisterBenchmark(word.substr(option.size()).c_str(), read_corpus);
    }
  }
  benchmark::RunSpecifiedBenchmarks();
}
