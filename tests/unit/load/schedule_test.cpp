#include "pulsebench/load/schedule.hpp"

#include <cmath>
#include <vector>

#include <doctest/doctest.h>

using pulsebench::load::PoissonArrivals;

namespace {

std::vector<double> gaps_in_seconds(double rate, std::uint64_t seed, int count) {
  PoissonArrivals arrivals{rate, seed};
  std::vector<double> gaps;
  double before = 0.0;
  for (int i = 0; i < count; ++i) {
    const double now = std::chrono::duration<double>(arrivals.next()).count();
    gaps.push_back(now - before);
    before = now;
  }
  return gaps;
}

double share_above(const std::vector<double>& gaps, double bound) {
  double above = 0.0;
  for (const double gap : gaps) above += gap > bound ? 1.0 : 0.0;
  return above / static_cast<double>(gaps.size());
}

}  // namespace

TEST_CASE("arrivals come at the rate that was asked for, with exponential gaps") {
  // P(gap > t) = exp(-rate t); with 40,000 gaps the standard error is at most 0.0025.
  constexpr double kRate = 1000.0;
  const auto gaps = gaps_in_seconds(kRate, 7, 40'000);
  for (const double t : {0.1, 0.5, 1.0, 2.0, 4.0}) {
    CHECK(std::abs(share_above(gaps, t / kRate) - std::exp(-t)) < 0.01);
  }
  double seconds = 0.0;
  for (const double gap : gaps) seconds += gap;
  CHECK(std::abs(seconds - 40.0) < 0.8);  // four standard errors
}

TEST_CASE("arrivals ascend, and follow from the seed alone") {
  PoissonArrivals first{1e6, 3};
  PoissonArrivals again{1e6, 3};
  PoissonArrivals other{1e6, 4};
  auto before = std::chrono::nanoseconds{0};
  bool differs = false;
  for (int i = 0; i < 1000; ++i) {
    const auto now = first.next();
    CHECK(now >= before);
    CHECK(again.next() == now);
    differs = differs || other.next() != now;
    before = now;
  }
  CHECK(differs);
}
