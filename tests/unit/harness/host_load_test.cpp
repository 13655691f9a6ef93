#include "pulsebench/harness/host_load.hpp"

#include <doctest/doctest.h>

#include "pulsebench/vocabulary/sample.hpp"

using namespace pulsebench;
using namespace pulsebench::harness;

namespace {

// The form of proc(5): user nice system idle iowait irq softirq steal guest guest_nice.
constexpr const char* kStat =
    "cpu  30 0 30 300 0 0 0 15 0 0\n"
    "cpu1 10 0 10 100 0 0 0 4 0 0\n"
    "cpu10 20 0 20 200 0 0 0 11 0 0\n"
    "intr 1 2 3\n";

// The form of Documentation/accounting/psi.rst.
constexpr const char* kPressure =
    "some avg10=1.24 avg60=25.14 avg300=33.71 total=185152647\n"
    "full avg10=0.00 avg60=0.00 avg300=0.00 total=7\n";

constexpr auto kStolen = static_cast<std::uint32_t>(Disturbance::stolen);
constexpr auto kCrowded = static_cast<std::uint32_t>(Disturbance::crowded);

}  // namespace

TEST_CASE("steal is read for one CPU, and is 0 if the kernel does not count it") {
  CHECK(steal_ticks(kStat, 1) == 4);
  CHECK(steal_ticks(kStat, 10) == 11);
  CHECK(steal_ticks(kStat, 0) == 0);
  CHECK(steal_ticks("cpu0 1 2 3 4\n", 0) == 0);
  CHECK(steal_ticks("", 0) == 0);
}

TEST_CASE("pressure is the total time of waiting tasks, and 0 without the file") {
  CHECK(waited_us(kPressure) == 185152647);
  CHECK(waited_us("full avg10=0.00 total=7\n") == 0);
  CHECK(waited_us("some avg10=0.00\n") == 0);
  CHECK(waited_us("") == 0);
}

TEST_CASE("one tick of steal marks a visit") {
  CHECK(causes({.steal_ticks = 4}, {.steal_ticks = 5}, 0.01) == kStolen);
  CHECK(causes({.steal_ticks = 4}, {.steal_ticks = 4}, 0.01) == 0);
}

TEST_CASE("a visit is crowded if a task waited for more than 1 % of it") {
  CHECK(causes({.waited_us = 50}, {.waited_us = 150}, 0.01) == 0);
  CHECK(causes({.waited_us = 50}, {.waited_us = 151}, 0.01) == kCrowded);
}

TEST_CASE("counters that decrease are no disturbance") {
  CHECK(causes({.steal_ticks = 9, .waited_us = 900}, {}, 0.01) == 0);
}

TEST_CASE("the load of this machine can be read") {
  const HostLoad before = read_host_load();
  const HostLoad after = read_host_load();
  CHECK(after.steal_ticks >= before.steal_ticks);
  CHECK(after.waited_us >= before.waited_us);
}
