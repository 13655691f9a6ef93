#include "pulsebench/harness/slice_watch.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <numeric>
#include <thread>

#include "pulsebench/vocabulary/sample.hpp"

using namespace pulsebench;
using namespace pulsebench::harness;
using doctest::Approx;

namespace {

std::uint32_t bits(std::initializer_list<Disturbance> causes) {
  return std::accumulate(causes.begin(), causes.end(), 0U, [](std::uint32_t all, Disturbance one) {
    return all | static_cast<std::uint32_t>(one);
  });
}

/// Eight slices of 100 ns, of which number 2 took 150, and number 5 took 400 and was switched off.
std::vector<SeenSlice> two_long_ones() {
  std::vector<SeenSlice> slices(8, {.wall_ns = 100.0});
  slices[2].wall_ns = 150.0;
  slices[5] = {.wall_ns = 400.0, .switched = true};
  return slices;
}

void spin(std::chrono::microseconds duration) {
  const auto end = std::chrono::steady_clock::now() + duration;
  while (std::chrono::steady_clock::now() < end) {
  }
}

}  // namespace

TEST_CASE("as many slices are preempted as there were involuntary switches, the likeliest first") {
  const auto slices = two_long_ones();
  const auto causes_with = [&](std::int64_t switches) {
    std::vector<std::uint32_t> causes;
    for (const SliceNote& note :
         attribute(slices, {.cpu_ns = 1150, .involuntary_switches = switches})) {
      causes.push_back(note.disturbances);
    }
    return causes;
  };
  const std::uint32_t preempted = bits({Disturbance::preempted});
  CHECK(causes_with(0) == std::vector<std::uint32_t>(8, 0U));
  CHECK(causes_with(1) == std::vector<std::uint32_t>{0, 0, 0, 0, 0, preempted, 0, 0});
  // The second one is no usual slice; what else was switched lay between two slices.
  CHECK(causes_with(9) == std::vector<std::uint32_t>{0, 0, preempted, 0, 0, preempted, 0, 0});
}

TEST_CASE("time on the run queue is that of the preempted slices, or of a late one") {
  const auto slices = two_long_ones();
  const auto preempted =
      attribute(slices, {.cpu_ns = 1150, .run_delay_ns = 250, .involuntary_switches = 1});
  CHECK(preempted[5].disturbances == bits({Disturbance::preempted, Disturbance::run_delay}));
  CHECK(preempted[2].disturbances == 0);
  const auto woken_late = attribute(slices, {.cpu_ns = 1150, .run_delay_ns = 250});
  CHECK(woken_late[5].disturbances == bits({Disturbance::run_delay}));
}

TEST_CASE("a major fault is in a slice that was switched off") {
  const auto notes = attribute(two_long_ones(), {.cpu_ns = 1150, .major_faults = 1});
  CHECK(notes[5].disturbances == bits({Disturbance::faulted}));
}

TEST_CASE("slices on the CPU all the time took CPU time, the others share the rest") {
  // 6 x 100 + 150 on the CPU; of 850 ns 100 are left for the 400 of the slice that was switched
  // off.
  const auto notes = attribute(two_long_ones(), {.cpu_ns = 850});
  CHECK(notes[0].cpu_ns == 100.0);
  CHECK(notes[2].cpu_ns == 150.0);
  CHECK(notes[5].cpu_ns == Approx(100.0));
  // A clock that is coarser than that gives neither less than nothing nor more than all.
  CHECK(attribute(two_long_ones(), {.cpu_ns = 0})[5].cpu_ns == 0.0);
  CHECK(attribute(two_long_ones(), {.cpu_ns = 5000})[5].cpu_ns == 400.0);
}

TEST_CASE("a mark is gone once the thread was switched off, and stays while it runs") {
  PreemptionMark mark;
  REQUIRE(mark.works());
  int stayed = 0;
  for (int i = 0; i < 100; ++i) {
    mark.set();
    spin(std::chrono::microseconds{20});
    stayed += mark.is_gone() ? 0 : 1;
  }
  CHECK(stayed >= 50);  // the machine may be busy, but not always
  mark.set();
  std::this_thread::sleep_for(std::chrono::microseconds{1});
  CHECK(mark.is_gone());
}

TEST_CASE("another user's mark serves as well, and is left alone") {
  PreemptionMark mark, other;
  mark.set();
  other.set();
  CHECK(mark.is_gone() == other.is_gone());
  std::this_thread::sleep_for(std::chrono::microseconds{1});
  CHECK(mark.is_gone());
  CHECK(other.is_gone());
}

TEST_CASE("a slice that sleeps is told by its CPU time, and its neighbours are not") {
  const TickClock clock;
  bool each_slice = false;
  SUBCASE("by marks") {}
  SUBCASE("by the kernel's counts") { each_slice = true; }
  SliceWatch watch{clock, 3, each_slice};
  watch.begin_row();
  for (int i = 0; i < 3; ++i) {
    watch.begin_slice();
    const std::uint64_t begin = clock.begin();
    if (i == 1) std::this_thread::sleep_for(std::chrono::milliseconds{2});
    if (i != 1) spin(std::chrono::milliseconds{1});
    watch.end_slice(clock.end() - begin);
  }
  watch.end_row();
  const auto notes = watch.notes();
  REQUIRE(notes.size() == 3);
  CHECK(notes[1].cpu_ns < 1'000'000.0);  // of more than 2 ms
  CHECK(notes[0].cpu_ns > 0.0);
}
