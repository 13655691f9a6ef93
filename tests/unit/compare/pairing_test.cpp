#include "pulsebench/compare/pairing.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "results.hpp"

using namespace pulsebench;
using namespace pulsebench::compare;
using doctest::Approx;

namespace {
const BenchmarkInfo kTime{.id = *BenchmarkId::parse("a")};  // the time of an operation
}

TEST_CASE("launches are paired by their number, not by their place") {
  auto base = result_of("a", {10, 20, 30}).launches;
  auto candidate = result_of("a", {60, 11, 20}).launches;
  candidate.launch = {2, 0, 1};
  const auto pairs = paired_launches(base, candidate, kTime);
  REQUIRE(pairs.size() == 3);
  CHECK(pairs[0].time == Approx(std::log(1.1)));
  CHECK(pairs[1].time == Approx(0.0));
  CHECK(pairs[2].time == Approx(std::log(2.0)));
}

TEST_CASE("a launch that only one side has is left out") {
  auto base = result_of("a", {10, 20, 30, 40}).launches;
  auto candidate = result_of("a", {10, 20, 30}).launches;
  candidate.launch = {1, 3, 9};
  const auto pairs = paired_launches(base, candidate, kTime);
  REQUIRE(pairs.size() == 2);
  CHECK(pairs[0].time == Approx(std::log(10.0 / 20.0)));
  CHECK(pairs[1].time == Approx(std::log(20.0 / 40.0)));
  CHECK(paired_launches(base, {}, kTime).empty());
}

TEST_CASE("each pair has the clock of its own launches, and none where a side has not timed it") {
  auto base = result_of("a", {10, 20}).launches;
  auto candidate = base;
  base.reference = {2.0, 0.0};
  candidate.reference = {2.1, 2.1};
  const auto pairs = paired_launches(base, candidate, kTime);
  CHECK(pairs[0].clock == Approx(std::log(1.05)));
  CHECK(pairs[1].clock == 0.0);
}

TEST_CASE("the reference shift is that of the medians over everything, 0 where a side has none") {
  auto base = document_of({result_of("a", {1, 1, 1}), result_of("b", {1, 1})});
  auto candidate = base;
  candidate.benchmarks[0].launches.reference = {2.2, 2.2, 9.0};
  candidate.benchmarks[1].launches.reference = {2.2, 2.2};
  CHECK(reference_log_ratio(base, candidate) == Approx(std::log(1.1)));
  candidate.benchmarks[0].launches.reference = {0, 0, 0};
  candidate.benchmarks[1].launches.reference = {0, 0};
  CHECK(reference_log_ratio(base, candidate) == 0.0);
}
