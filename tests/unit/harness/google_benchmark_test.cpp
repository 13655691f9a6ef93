#include "pulsebench/harness/google_benchmark.hpp"

#include <benchmark/benchmark.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <stdexcept>

#include "pulsebench/harness/traits.hpp"

using namespace pulsebench::harness;

namespace {

void counts(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(state.range(0));
}
BENCHMARK(counts)->Name("a.b(c)/counts")->Arg(8)->MinTime(0.01)->UseRealTime();

void throws(benchmark::State& state) {
  for (auto _ : state) throw std::runtime_error("no luck");
}
BENCHMARK(throws)->Name("throws");

void skips(benchmark::State& state) {
  state.SkipWithError("no such device");
  for (auto _ : state) {
  }
}
BENCHMARK(skips)->Name("skips");

const pulsebench::Traits kTraits{"throws", {.tier = 3, .version = 7}};

}  // namespace

TEST_CASE("the registered benchmarks are found under the names that Google Benchmark prints") {
  const auto names = registered_names();
  CHECK(std::count(names.begin(), names.end(), "a.b(c)/counts/8/min_time:0.010/real_time") == 1);
}

TEST_CASE("a benchmark runs by its id, also one whose name is not a plain regular expression") {
  const auto report = run_benchmark("a.b(c)/counts/8", 1e-6, 3);
  CHECK(report.matched);
  REQUIRE(report.repetitions.size() == 3);
  CHECK(report.repetitions[0].iterations > 0);
  CHECK_FALSE(run_benchmark("a.b(c)/counts", 1e-6, 1).matched);
  CHECK_FALSE(run_benchmark("aXb(c)/counts/8", 1e-6, 1).matched);
}

TEST_CASE("the messages of an exception and of a skip are reported") {
  CHECK(run_benchmark("throws", 1e-6, 1).thrown == "no luck");
  CHECK(run_benchmark("skips", 1e-6, 1).skipped == "no such device");
}

TEST_CASE("a benchmark may set its tier and version; others have the defaults") {
  CHECK(pulsebench::Traits::of("throws").tier == 3);
  CHECK(pulsebench::Traits::of("throws").version == 7);
  CHECK_FALSE(pulsebench::Traits::of("skips").tier.has_value());
  CHECK(pulsebench::Traits::of("skips").version == 1);
}
