#include "pulsebench/harness/recorder.hpp"

#include <doctest/doctest.h>

#include <chrono>

using namespace pulsebench;
using namespace pulsebench::harness;

namespace {

/// Counts the requested operations, and takes no time.
struct Tally {
  std::uint64_t operations = 0;
  int batches = 0;

  Batch batch() {
    const auto run = [](void* self, std::uint64_t times) {
      static_cast<Tally*>(self)->operations += times;
      ++static_cast<Tally*>(self)->batches;
    };
    const auto counted = [](void* self, std::uint64_t times) {
      static_cast<Tally*>(self)->operations += times;
      return times;
    };
    return {this, run, run, counted};
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

TEST_CASE("a visit has exactly the requested slices and operations") {
  Tally tally;
  Recorder recorder{ask(1000, 50, 0.0)};
  CHECK_FALSE(recorder.reached());
  recorder.record(tally.batch());
  REQUIRE(recorder.visited());
  CHECK(recorder.visited()->visit.slices.size() == 50);
  CHECK(recorder.visited()->visit.operations == 1000);
  CHECK(recorder.visited()->visit.reference_ns > 0.0);
  CHECK(tally.batches == 50);
  CHECK(tally.operations == 50'000);
}

TEST_CASE("a visit knows the source line of the call that measures, if it is told") {
  Tally tally;
  Recorder unknown{ask(1000, 1, 0.0)};
  unknown.record(tally.batch());
  CHECK(!unknown.source());
  Batch batch = tally.batch();
  batch.file = "suites/a.cpp";
  batch.line = 12;
  Recorder known{ask(1000, 1, 0.0)};
  known.record(batch);
  CHECK(known.source() == SourceLine{"suites/a.cpp", 12});
  batch.file = "a\nb";
  Recorder hostile{ask(1000, 1, 0.0)};
  hostile.record(batch);
  CHECK(!hostile.source());
}

TEST_CASE("injected work is exact over the visit, also if a slice's share is a fraction") {
  Tally tally;
  Recorder recorder{ask(32, 50, 15.0)};  // 4.8 more operations per slice: 240 per visit
  recorder.record(tally.batch());
  CHECK(tally.operations == 50 * 32 + 240);
  CHECK(recorder.visited()->visit.operations == 32);
}

TEST_CASE("a slice of an operation that reports its latency has the reported time") {
  LatencyLog log;
  auto timed = [&log] { log.add(std::chrono::duration<double, std::milli>(1.0)); };
  Batch batch = batch_of(timed);
  batch.latencies = &log;
  batch.reports_its_time = true;
  Recorder recorder{ask(10, 8, 0.0)};
  recorder.record(batch);
  for (const Slice& slice : recorder.visited()->visit.slices) {
    CHECK(slice.ns_per_op == doctest::Approx(1e6).epsilon(0.01));
  }
}

TEST_CASE("events are counted after the slices, in separate batches") {
  Tally tally;
  auto request = ask(1000, 50, 0.0);
  request.counters = {"page-faults", "no-such-event"};
  Recorder recorder{request};
  recorder.record(tally.batch());
  const auto& counters = recorder.visited()->visit.counters;
  REQUIRE(counters.size() == 2);
  CHECK(counters[0].per_op.has_value());
  CHECK_FALSE(counters[1].per_op.has_value());
  CHECK(tally.operations >= 50'000 + 3'000);  // a batch, and one twice as long
}
