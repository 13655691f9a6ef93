#include "pulsebench/harness/recorder.hpp"

#include <doctest/doctest.h>

using namespace pulsebench;
using namespace pulsebench::harness;

namespace {

/// Counts the operations it is asked to run, and takes no time.
struct Counter {
  std::uint64_t operations = 0;
  int batches = 0;

  Batch batch() {
    const auto run = [](void* self, std::uint64_t times) {
      static_cast<Counter*>(self)->operations += times;
      ++static_cast<Counter*>(self)->batches;
    };
    return {this, run, run};
  }
};

wire::TakeVisit ask(std::uint64_t operations, int slices, double inject_percent) {
  return {.id = "a",
          .batching = {.operations = operations, .slices = slices},
          .warm_up_ns = 0,
          .heap_padding = 0,
          .inject_percent = inject_percent};
}

}  // namespace

TEST_CASE("a visit has exactly the slices and the operations it was asked for") {
  Counter counter;
  Recorder recorder{ask(1000, 50, 0.0)};
  CHECK_FALSE(recorder.reached());
  recorder.record(counter.batch());
  REQUIRE(recorder.visited());
  CHECK(recorder.visited()->visit.slices.size() == 50);
  CHECK(recorder.visited()->visit.operations == 1000);
  CHECK(recorder.visited()->visit.reference_ns > 0.0);
  CHECK(counter.batches == 50);
  CHECK(counter.operations == 50'000);
}

TEST_CASE("injected work is exact over the visit, also where a slice's share is a fraction") {
  Counter counter;
  Recorder recorder{ask(32, 50, 15.0)};  // 4.8 operations more a slice: 240 over the visit
  recorder.record(counter.batch());
  CHECK(counter.operations == 50 * 32 + 240);
  CHECK(recorder.visited()->visit.operations == 32);
}
