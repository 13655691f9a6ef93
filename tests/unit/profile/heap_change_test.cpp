#include "pulsebench/profile/heap_change.hpp"

#include <doctest/doctest.h>

using namespace pulsebench;
using namespace pulsebench::profile;

namespace {

HeapStack stack_in(const char* function, int line) {
  return {.frames = {{.function = "operator new(unsigned long)"},
                     {.function = function, .file = "/src/mem.cpp", .line = line},
                     {.function = "op(int)", .file = "/src/mem.cpp", .line = 90}}};
}

/// Two functions that allocate so often in ten operations, 100 bytes each time.
HeapProfile profile_of(std::uint64_t format, std::uint64_t keep, double leaked = 0.0,
                       int line = 7) {
  HeapProfile profile;
  profile.counted = 10;
  profile.stacks = {stack_in("format<int>(int)", line), stack_in("keep(int)", line + 10)};
  profile.spots = {{.stack = 0, .allocations = format, .bytes = 100 * format},
                   {.stack = 1, .allocations = keep, .bytes = 100 * keep}};
  if (leaked > 0.0) profile.leaks.leaked = {{1, leaked / 100.0, leaked}};
  profile.allocations = format + keep;
  profile.bytes = 100 * profile.allocations;
  return profile;
}

}  // namespace

TEST_CASE("the function that allocates more is named, at its new line, and nothing else") {
  const HeapProfile before[] = {profile_of(10, 5), profile_of(10, 5)};
  const HeapProfile after[] = {profile_of(20, 5, 0, 8), profile_of(20, 5, 0, 8)};
  const HeapChange change = compare_heaps(before, after);
  CHECK(change.repeats);
  CHECK(change.before.allocations.low == 1.5);
  CHECK(change.after.allocations.high == 2.5);
  CHECK(grew(change.before, change.after));
  REQUIRE(change.sites.size() == 1);
  CHECK(change.sites[0].site == "format<int>(int) mem.cpp:8");
  CHECK(change.sites[0].before.allocations.low == 1.0);
  CHECK(change.sites[0].after.allocations.low == 2.0);
}

TEST_CASE("counts that do not repeat are ranges, and only ranges that are apart differ") {
  const HeapProfile before[] = {profile_of(10, 5), profile_of(12, 5)};
  const HeapProfile overlapping[] = {profile_of(12, 5), profile_of(13, 5)};
  const HeapChange close = compare_heaps(before, overlapping);
  CHECK_FALSE(close.repeats);
  CHECK(close.sites.empty());
  CHECK_FALSE(grew(close.before, close.after));
  const HeapProfile apart[] = {profile_of(13, 5), profile_of(14, 5)};
  CHECK(compare_heaps(before, apart).sites.size() == 1);
}

TEST_CASE("a leak alone is growth, and fewer allocations are none") {
  const HeapProfile clean[] = {profile_of(10, 5)};
  const HeapProfile leaky[] = {profile_of(10, 5, 0.5)};
  const HeapChange leaks = compare_heaps(clean, leaky);
  CHECK(grew(leaks.before, leaks.after));
  REQUIRE(leaks.sites.size() == 1);
  CHECK(leaks.sites[0].after.leaked_bytes.low == 0.5);
  const HeapProfile fewer[] = {profile_of(9, 5)};
  CHECK_FALSE(grew(compare_heaps(clean, fewer).before, compare_heaps(clean, fewer).after));
}
