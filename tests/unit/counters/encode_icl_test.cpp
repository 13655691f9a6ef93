#include <doctest/doctest.h>

#include "pulsebench/counters/encode.hpp"
#include "pulsebench/counters/events.hpp"

using namespace pulsebench;
using namespace pulsebench::counters;

namespace {

perf_event_attr encoded(const std::string& name) {
  for (const std::string& spelling : spellings_of(name)) {
    if (const auto event = encode(spelling)) return *event;
  }
  FAIL("no spelling of " << name << " is encoded");
  return {};
}

}  // namespace

// Event and unit mask numbers: Intel SDM vol. 3B, chapter 20 and the Ice Lake event tables
// (umask in bits 8 to 15). Fixed counter 0 is INST_RETIRED.ANY, encoded by libpfm as 0x0100.
TEST_CASE("on an Ice Lake the default set is encoded by the CPU's own names") {
  CHECK(encoded("cycles").config == 0x3c);
  CHECK(encoded("instructions").config == 0x100);
  CHECK(encoded("branches").config == 0xc4);
  CHECK(encoded("branch-misses").config == 0xc5);
  CHECK(encoded("L1-dcache-load-misses").config == 0x08d1);
  CHECK(encoded("LLC-load-misses").config == 0x20d1);
  CHECK(encoded("dTLB-load-misses").config == 0x0e08);
  for (const char* name : {"cycles", "LLC-load-misses"}) {
    CHECK(encoded(name).type == PERF_TYPE_RAW);
    CHECK((encoded(name).exclude_kernel == 1));
  }
}
