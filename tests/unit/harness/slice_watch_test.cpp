#include "pulsebench/harness/slice_watch.hpp"

#include <doctest/doctest.h>

#include <numeric>

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

/// Eight slices of 100 ns, except number 2 with 150 ns, and number 5 with 400 ns and a switch.
std::vector<SeenSlice> two_long_ones() {
  std::vector<SeenSlice> slices(8, {.wall_ns = 100.0});
  slices[2].wall_ns = 150.0;
  slices[5] = {.wall_ns = 400.0, .switched = true};
  return slices;
}

}  // namespace

TEST_CASE("each involuntary switch marks one slice as preempted, the most likely first") {
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
  // Slice 2 is unusually long; the other switches were between two slices.
  CHECK(causes_with(9) == std::vector<std::uint32_t>{0, 0, preempted, 0, 0, preempted, 0, 0});
}

TEST_CASE("time on the run queue belongs to preempted slices, or to a late one") {
  const auto slices = two_long_ones();
  const auto preempted =
      attribute(slices, {.cpu_ns = 1150, .run_delay_ns = 250, .involuntary_switches = 1});
  CHECK(preempted[5].disturbances == bits({Disturbance::preempted, Disturbance::run_delay}));
  CHECK(preempted[2].disturbances == 0);
  const auto woken_late = attribute(slices, {.cpu_ns = 1150, .run_delay_ns = 250});
  CHECK(woken_late[5].disturbances == bits({Disturbance::run_delay}));
}

TEST_CASE("a major fault belongs to a switched slice") {
  const auto notes = attribute(two_long_ones(), {.cpu_ns = 1150, .major_faults = 1});
  CHECK(notes[5].disturbances == bits({Disturbance::faulted}));
}

TEST_CASE("slices without a switch have their wall time as CPU time, the others share the rest") {
  // 6 x 100 + 150 on the CPU: of 850 ns, 100 are left for the switched slice of 400.
  const auto notes = attribute(two_long_ones(), {.cpu_ns = 850});
  CHECK(notes[0].cpu_ns == 100.0);
  CHECK(notes[2].cpu_ns == 150.0);
  CHECK(notes[5].cpu_ns == Approx(100.0));
  // A coarse clock gives no negative time, and at most the wall time.
  CHECK(attribute(two_long_ones(), {.cpu_ns = 0})[5].cpu_ns == 0.0);
  CHECK(attribute(two_long_ones(), {.cpu_ns = 5000})[5].cpu_ns == 400.0);
}
