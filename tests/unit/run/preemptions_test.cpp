#include "pulsebench/run/foreign.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace pulsebench;
using namespace pulsebench::run;

namespace {

/// By hand: five usual slices of 100 ns with a wait of 1 ns; the bar is 1 + 2 % of 100 = 3 ns.
std::vector<Slice> slices_and(std::initializer_list<Slice> unusual) {
  std::vector<Slice> slices(5, Slice{.ns_per_op = 100.0, .cpu_ns_per_op = 99.0});
  slices.insert(slices.end(), unusual);
  return slices;
}

std::vector<bool> tagged(std::vector<Slice> slices, long switches) {
  tag_preempted(slices, switches);
  std::vector<bool> tags;
  for (const Slice& slice : slices) tags.push_back(slice.disturbed());
  return tags;
}

constexpr Slice kJustUsual{.ns_per_op = 103.0, .cpu_ns_per_op = 100.0};
constexpr Slice kWaited{.ns_per_op = 105.0, .cpu_ns_per_op = 100.0};
constexpr Slice kWaitedLong{.ns_per_op = 190.0, .cpu_ns_per_op = 100.0};
constexpr Slice kSlow{.ns_per_op = 150.0, .cpu_ns_per_op = 149.0};

}  // namespace

TEST_CASE("a slice that waited is tagged, a slow one is not") {
  CHECK(tagged(slices_and({kJustUsual, kWaited, kSlow, kWaitedLong}), 9) ==
        std::vector<bool>{false, false, false, false, false, false, true, false, true});
}

TEST_CASE("no more slices than involuntary switches are tagged, the longest waits first") {
  CHECK(tagged(slices_and({kWaited, kWaitedLong}), 1) ==
        std::vector<bool>{false, false, false, false, false, false, true});
  CHECK(tagged(slices_and({kWaited, kWaitedLong}), 0) == std::vector<bool>(7, false));
}

TEST_CASE(
    "no slice is tagged if all wait equally (a sleep), or have more CPU time than wall time "
    "(threads)") {
  CHECK(tagged(std::vector<Slice>(4, {.ns_per_op = 100.0, .cpu_ns_per_op = 5.0}), 9) ==
        std::vector<bool>(4, false));
  CHECK(tagged(std::vector<Slice>(4, {.ns_per_op = 100.0, .cpu_ns_per_op = 190.0}), 9) ==
        std::vector<bool>(4, false));
  CHECK(tagged({}, 9).empty());
}

TEST_CASE("a single slice has no usual wait: one that waited during a switch is tagged") {
  CHECK(tagged({kWaited}, 1) == std::vector<bool>{true});
  CHECK(tagged({kWaited}, 0) == std::vector<bool>{false});
}
