#include "pulsebench/counters/group.hpp"

#include <doctest/doctest.h>

#include "fake_perf.hpp"

using namespace pulsebench::counters;

// Hand calculations of (value after - before) * (enabled after - before) / (running after -
// before).
TEST_CASE("a multiplexed value is scaled by the differences of its times, not by totals") {
  const Group::Reading before{.enabled_ns = 100, .running_ns = 100, .values = {50}};
  const Group::Reading after{.enabled_ns = 300, .running_ns = 150, .values = {150}};
  CHECK(counted(before, after, 0) == 400.0);  // by totals: 150 * 2 - 50 = 250
}

TEST_CASE("an event with a counter all the time is not scaled") {
  const Group::Reading before{.enabled_ns = 0, .running_ns = 0, .values = {1, 7}};
  const Group::Reading after{.enabled_ns = 20, .running_ns = 20, .values = {1, 12}};
  CHECK(counted(before, after, 0) == 0.0);
  CHECK(counted(before, after, 1) == 5.0);
}

TEST_CASE("an event that never had a counter has no value, not zero") {
  const Group::Reading before{.enabled_ns = 100, .running_ns = 40, .values = {50}};
  const Group::Reading after{.enabled_ns = 300, .running_ns = 40, .values = {50}};
  CHECK_FALSE(counted(before, after, 0).has_value());
}

TEST_CASE("the leader is opened disabled, its siblings follow it, and all are closed") {
  FakePerf system;
  {
    Group group{system};
    perf_event_attr event{};
    event.disabled = 0;
    CHECK(group.add(event) == 0);
    CHECK(group.add(event) == 0);
    CHECK((system.opened[0].disabled == 1));
    CHECK((system.opened[1].disabled == 0));
    CHECK(system.open_now == 2);
  }
  CHECK(system.open_now == 0);
}
