#include "pulsebench/harness/calibrate.hpp"

#include <doctest/doctest.h>

#include "pulsebench/harness/controls.hpp"

using namespace pulsebench;
using namespace pulsebench::harness;

namespace {

const wire::Calibrate kAsk{.id = "a",
                           .slice_ns = 200'000,
                           .visit_ns = 10'000'000,
                           .warm_up_ns = 0,
                           .min_operations = 32,
                           .min_slices = 8,
                           .max_slices = 50};

}  // namespace

// Expected batches are hand calculations from rule (i) 3 of the sampling: 200 us or 32 operations
// a slice, 10 ms a visit, 8 to 50 slices.
TEST_CASE("a fast operation fills slices of 200 us, fifty per visit") {
  CHECK(batching_for(0.25, kAsk).operations == 800'000);
  CHECK(batching_for(0.25, kAsk).slices == 50);
  CHECK(batching_for(6'249.0, kAsk).operations == 33);
  CHECK(batching_for(6'249.0, kAsk).slices == 50);
}

TEST_CASE("a slow operation has 32 operations per slice and as many slices as fit the visit") {
  CHECK(batching_for(10'000.0, kAsk).operations == 32);
  CHECK(batching_for(10'000.0, kAsk).slices == 31);  // 10 ms / 320 us
}

TEST_CASE("eight slices of a slower operation still fit the visit") {
  CHECK(batching_for(39'000.0, kAsk).operations == 32);   // 8 * 32 * 39 us = 9.98 ms
  CHECK(batching_for(100'000.0, kAsk).operations == 12);  // 8 * 12 * 100 us = 9.6 ms
  CHECK(batching_for(100'000.0, kAsk).slices == 8);
}

TEST_CASE("an operation longer than a visit has eight slices of one operation") {
  CHECK(batching_for(1e9, kAsk).operations == 1);
  CHECK(batching_for(1e9, kAsk).slices == 8);
}

TEST_CASE("an operation without a cost gets a finite batch") {
  CHECK(batching_for(0.0, kAsk).operations == 200'000);
}

TEST_CASE("a batch is bounded for any cost") {
  CHECK(batching_for(1e-16, kAsk).operations == 1ULL << 40U);
}

TEST_CASE("a loop that the compiler removed costs 0 and ends the search") {
  const TickClock clock;
  int calls = 0;
  CHECK(turn_ns(clock, 1'000'000'000, [&](std::uint64_t) { ++calls; }) == 0.0);
  CHECK(calls == 41);  // 2^0 to 2^40 turns
}

TEST_CASE("a batch without instructions measures nothing; one with a load does not") {
  const TickClock clock;
  double empty_ns = 0.0;
  auto nothing = [] { benchmark::ClobberMemory(); };
  int memory = 1;
  auto load = [&] { benchmark::DoNotOptimize(memory); };
  const Batch empty = batch_of(nothing);
  const Batch full = batch_of(load);
  bool seen = false;  // other programs can hide it for a while
  for (int i = 0; i < 50 && !seen; ++i) {
    empty_ns = turn_ns(clock, 100'000, empty_loop);
    seen = measures_nothing(clock, empty, empty_ns, empty_ns);
  }
  CHECK(seen);
  CHECK_FALSE(measures_nothing(clock, full, 10.0 * empty_ns, empty_ns));
}
