// With real time on the real kernel; slice_watch_test.cpp has the rules with numbers.
#include <doctest/doctest.h>

#include <chrono>
#include <thread>

#include "pulsebench/harness/slice_watch.hpp"

using namespace pulsebench::harness;

namespace {

void spin(std::chrono::microseconds duration) {
  const auto end = std::chrono::steady_clock::now() + duration;
  while (std::chrono::steady_clock::now() < end) {
  }
}

}  // namespace

TEST_CASE("a slice that sleeps has less CPU time than wall time") {
  const TickClock clock;
  bool each_slice = false;
  SUBCASE("by marks") {}
  SUBCASE("by the kernel's counts") { each_slice = true; }
  SliceWatch watch{clock, 3, each_slice};
  double slept = 0.0;
  watch.begin_row();
  for (int i = 0; i < 3; ++i) {
    watch.begin_slice();
    const std::uint64_t begin = clock.begin();
    if (i == 1) std::this_thread::sleep_for(std::chrono::milliseconds{10});
    if (i != 1) spin(std::chrono::milliseconds{1});
    const std::uint64_t ticks = clock.end() - begin;
    if (i == 1) slept = static_cast<double>(ticks) * clock.ns_per_tick();
    watch.end_slice(ticks);
  }
  watch.end_row();
  const auto notes = watch.notes();
  REQUIRE(notes.size() == 3);
  CHECK(notes[1].cpu_ns < slept / 2);
  CHECK(notes[0].cpu_ns > 0.0);
}
