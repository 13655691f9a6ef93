#include "pulsebench/harness/exact.hpp"

#include <doctest/doctest.h>

#include <unistd.h>

#include "pulsebench/harness/measure.hpp"
#include "skip.hpp"

using namespace pulsebench;
using namespace pulsebench::harness;

namespace {

/// Five instructions per turn: three, and two of the loop.
std::uint64_t steps_of_turns(std::uint64_t turns, std::uint64_t most = 100'000) {
  auto three = [] { asm volatile("nop\n nop\n nop"); };
  const auto steps = steps_of([&] { run_batch<decltype(three)>(&three, turns); }, most);
  REQUIRE_MESSAGE(steps.has_value(), (steps ? "" : steps.error().message));
  return *steps;
}

}  // namespace

TEST_CASE("the slope of single steps is exactly the instructions of a turn") {
  if (const auto steps = steps_of([] {}, 100'000); !steps) PULSEBENCH_SKIP(steps.error().message);
  const auto twenty = steps_of_turns(20);
  const auto forty = steps_of_turns(40);
#if defined(__OPTIMIZE__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  CHECK(forty - twenty == 20 * 5);
#endif
  CHECK(forty - twenty == steps_of_turns(60) - forty);
}

TEST_CASE("an operation that is too long, or exits, is an error") {
  const auto endless = steps_of(
      [] {
        for (;;) asm volatile("");
      },
      1000);
  REQUIRE_FALSE(endless.has_value());
  CHECK(endless.error().message ==
        "single stepping failed: more than 1000 instructions; install valgrind");
  const auto dies = steps_of([] { _exit(0); }, 100'000);
  REQUIRE_FALSE(dies.has_value());
  CHECK(dies.error().message == "single stepping failed: the copy of the process died");
}
