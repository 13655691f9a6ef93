#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include <fmt/format.h>

#include "pulsebench/compare/compare.hpp"
#include "pulsebench/config/load.hpp"
#include "results.hpp"

using namespace pulsebench;
using namespace pulsebench::compare;

namespace {

constexpr int kBenchmarks = 60;

/// Normal deviates by Box & Muller, so that a seed means the same with every standard library.
class Normal {
 public:
  explicit Normal(std::uint64_t seed) : bits_(seed) {}
  double operator()(double sigma) {
    const double radius = std::sqrt(-2.0 * std::log(uniform()));
    return sigma * radius * std::cos(6.283185307179586 * uniform());
  }

 private:
  double uniform() { return (static_cast<double>(bits_() >> 11U) + 0.5) * 0x1p-53; }
  std::mt19937_64 bits_;
};

struct World {
  int launches = 20;
  double launch_sigma = 0.01;  ///< of ln ns, between launches, on each side on its own
  double run_sigma = 0.005;    ///< of ln ns, between runs, for each benchmark on its own
  double common_sigma = 0.0;   ///< of ln ns, between runs, the same for all benchmarks
};

/// A run of 60 benchmarks near 10 ns; number `slowed` is slower by `factor`.
baseline::Document run_of(const World& world, Normal& normal, int slowed = -1,
                          double factor = 1.0) {
  std::vector<baseline::BenchmarkResult> benchmarks;
  const double common = normal(world.common_sigma);
  for (int i = 0; i < kBenchmarks; ++i) {
    const double shift = common + normal(world.run_sigma);
    std::vector<double> p25;
    for (int launch = 0; launch < world.launches; ++launch) {
      p25.push_back(10.0 * (i == slowed ? factor : 1.0) *
                    std::exp(shift + normal(world.launch_sigma)));
    }
    benchmarks.push_back(result_of(fmt::format("b/{}", i).c_str(), std::move(p25)));
  }
  return document_of(std::move(benchmarks));
}

Comparison compared(const baseline::Document& base, const baseline::Document& candidate) {
  return compare::compare(base, candidate, config::defaults(), {});
}

/// Of `runs` comparisons of unchanged code, those in which anything is called regressed.
int alarms(const World& world, int runs, std::uint64_t seed) {
  Normal normal(seed);
  int count = 0;
  for (int i = 0; i < runs; ++i) {
    const auto base = run_of(world, normal);
    count += compared(base, run_of(world, normal)).count(Verdict::regressed) > 0 ? 1 : 0;
  }
  return count;
}

}  // namespace

TEST_CASE("unchanged code alarms in less than 1 % of runs of 60 benchmarks") {
  CHECK(alarms({}, 100, 1) == 0);
  CHECK(alarms({.launch_sigma = 0.05}, 200, 2) <= 2);
}

TEST_CASE("a quick run on a noisy machine does not alarm more often, it says less") {
  // 8 launches (quick), and what a time budget may leave of them. With the quantile of 16 launches
  // and more, 27 % of such runs alarm at 4 pairs (a simulation of its own, not this code's).
  for (const int launches : {4, 6, 8, 12}) {
    CAPTURE(launches);
    CHECK(alarms({.launches = launches, .launch_sigma = 0.03}, 100, 8) <= 1);
    CHECK(alarms({.launches = launches, .launch_sigma = 0.06}, 100, 9) <= 1);
  }
}

TEST_CASE("a quick run on a quiet machine still flags a benchmark 15 % slower") {
  Normal normal(10);
  for (int run = 0; run < 20; ++run) {
    const World quick{.launches = 8, .launch_sigma = 0.003};
    const auto base = run_of(quick, normal);
    CHECK(compared(base, run_of(quick, normal, 0, 1.15)).count(Verdict::regressed) == 1);
  }
}

TEST_CASE("benchmarks that drift together do not alarm more often") {
  // All 60 move as one between runs, by as much as the default σ_run says or by twice that.
  CHECK(alarms({.run_sigma = 0.0, .common_sigma = 0.005}, 100, 3) <= 1);
  CHECK(alarms({.run_sigma = 0.0, .common_sigma = 0.01}, 100, 4) <= 1);
}

TEST_CASE("a benchmark 15 % slower is flagged in every run, and it alone") {
  Normal normal(5);
  for (int run = 0; run < 60; ++run) {
    CAPTURE(run);
    const int slowed = run % kBenchmarks;
    const auto base = run_of({}, normal);
    const Comparison all = compared(base, run_of({}, normal, slowed, 1.15));
    CHECK(all.count(Verdict::regressed) == 1);
    CHECK(all.benchmarks[static_cast<std::size_t>(slowed)].verdict == Verdict::regressed);
    CHECK(all.fails_gate());
  }
}

TEST_CASE("a benchmark 7 % slower is hardly ever called unchanged") {
  // docs/design/verdict.md (ii): +7 % against 5 % is suspect or flagged, and passed in <= 0.9 %.
  Normal normal(6);
  int passed = 0;
  for (int run = 0; run < 100; ++run) {
    const auto base = run_of({}, normal);
    const Comparison all = compared(base, run_of({}, normal, 0, 1.07));
    passed += all.benchmarks[0].verdict == Verdict::unchanged ? 1 : 0;
  }
  CHECK(passed <= 1);
}

TEST_CASE("the order in which benchmarks are declared changes no decision") {
  Normal normal(7);
  const auto base = run_of({.launch_sigma = 0.04}, normal);
  const auto candidate = run_of({.launch_sigma = 0.04}, normal, 3, 1.08);
  auto shuffled_base = base;
  auto shuffled_candidate = candidate;
  std::reverse(shuffled_base.benchmarks.begin(), shuffled_base.benchmarks.end());
  std::rotate(shuffled_candidate.benchmarks.begin(), shuffled_candidate.benchmarks.begin() + 17,
              shuffled_candidate.benchmarks.end());
  const Comparison straight = compared(base, candidate);
  const Comparison shuffled = compared(shuffled_base, shuffled_candidate);
  REQUIRE(shuffled.benchmarks.size() == straight.benchmarks.size());
  for (const Judged& one : straight.benchmarks) {
    const auto same = std::find_if(shuffled.benchmarks.begin(), shuffled.benchmarks.end(),
                                   [&](const Judged& j) { return j.info.id == one.info.id; });
    REQUIRE(same != shuffled.benchmarks.end());
    CHECK(same->verdict == one.verdict);
    CHECK(same->z == one.z);
    CHECK(same->reasons == one.reasons);
  }
}
