#include "pulsebench/harness/controls.hpp"

#include <doctest/doctest.h>

#include <array>

using namespace pulsebench::harness;

// By hand: the usual reading is the first of the sorted ones, 1000, and the bar 1150.
TEST_CASE("a slice is slow if a reading beside it is above the usual one by 15 %") {
  constexpr std::array<std::uint64_t, 6> kReadings{1000, 1020, 1149, 1000, 1151, 1010};
  CHECK(slowed(kReadings) == std::vector<bool>{false, false, false, true, true});
}

// By hand: of eleven readings the 10 % quantile is the second, so one short reading does not make
// all others slow.
TEST_CASE("the usual reading is not the shortest of many") {
  std::array<std::uint64_t, 11> readings{};
  readings.fill(1000);
  readings[4] = 500;
  CHECK(slowed(readings) == std::vector<bool>(10, false));
}

TEST_CASE("equal readings mark no slice, also if all are slow") {
  constexpr std::array<std::uint64_t, 3> kReadings{9000, 9000, 9000};
  CHECK(slowed(kReadings) == std::vector<bool>{false, false});
  CHECK(slowed(std::array<std::uint64_t, 1>{7}).empty());
}

TEST_CASE("a probe takes longer than reading the clock") {
  const TickClock clock;
  std::uint64_t shortest_pair = ~0ULL;
  std::uint64_t shortest_gauge = ~0ULL;
  for (int i = 0; i < 100; ++i) {
    const std::uint64_t begin = clock.begin();
    shortest_pair = std::min(shortest_pair, clock.end() - begin);
    shortest_gauge = std::min(shortest_gauge, probe_core_speed(clock));
  }
  CHECK(shortest_gauge > shortest_pair);
}
