#include "pulsebench/counters/encode.hpp"

#include <doctest/doctest.h>

#include "pulsebench/counters/events.hpp"

using namespace pulsebench;
using namespace pulsebench::counters;

// Types and numbers are those of linux/perf_event.h.
TEST_CASE("the default set is encoded on any machine") {
  for (const std::string& name : default_events()) {
    CAPTURE(name);
    CHECK(encode(name).has_value());
  }
  CHECK(encode("cycles")->type == PERF_TYPE_HARDWARE);
  CHECK(encode("cycles")->config == PERF_COUNT_HW_CPU_CYCLES);
  CHECK(encode("branch-misses")->config == PERF_COUNT_HW_BRANCH_MISSES);
  CHECK(encode("L1-dcache-load-misses")->type == PERF_TYPE_HW_CACHE);
  CHECK(encode("L1-dcache-load-misses")->config == 0x10000);
  CHECK(encode("page-faults")->type == PERF_TYPE_SOFTWARE);
}

TEST_CASE("hardware events count user mode, software events the kernel too") {
  CHECK((encode("instructions")->exclude_kernel == 1));
  CHECK((encode("context-switches")->exclude_kernel == 0));
  CHECK((encode("cpu-migrations")->exclude_kernel == 0));
  CHECK((encode("instructions")->inherit == 0));
}

TEST_CASE("the error for an unknown event has its name") {
  const auto refused = encode("no-such\x1b-event");
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().code == ErrorCode::bad_input);
  CHECK(refused.error().message ==
        "libpfm does not know 'no-such?-event' on this CPU (event not found); see pulsebench "
        "counters list --all");
}
