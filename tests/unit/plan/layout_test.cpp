#include "pulsebench/plan/plan.hpp"

#include <doctest/doctest.h>

#include <random>
#include <set>

using pulsebench::plan::layout_of;

TEST_CASE("the generator is the one of the C++ standard") {
  // [rand.predef]: the 10000th consecutive invocation of a default-constructed mt19937_64 gives
  // 9981545732273789042. Therefore layouts are the same on every platform.
  std::mt19937_64 random;
  random.discard(9999);
  CHECK(random() == 9981545732273789042ULL);
}

TEST_CASE("a launch has the same layout in every run, unlike its neighbours") {
  std::set<std::size_t> heaps;
  for (int launch = 0; launch < 64; ++launch) {
    const auto layout = layout_of(launch);
    CHECK(layout.heap_padding == layout_of(launch).heap_padding);
    CHECK(layout.environment_padding == layout_of(launch).environment_padding);
    heaps.insert(layout.heap_padding);
  }
  CHECK(heaps.size() > 60);
}

TEST_CASE("paddings are multiples of 16 within the documented ranges") {
  for (int launch = 0; launch < 1000; ++launch) {
    const auto layout = layout_of(launch);
    CHECK(layout.environment_padding % 16 == 0);
    CHECK(layout.environment_padding <= 16 * 255);
    CHECK(layout.heap_padding % 16 == 0);
    CHECK(layout.heap_padding <= 16 * 4095);
  }
}
