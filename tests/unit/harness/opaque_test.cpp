#include "pulsebench/harness/opaque.hpp"

#include <doctest/doctest.h>

#include "pulsebench/harness/calibrate.hpp"
#include "pulsebench/harness/controls.hpp"

using namespace pulsebench;
using namespace pulsebench::harness;

TEST_CASE("opaque returns its value, which is not a constant for the optimizer") {
  int number = 3;
  CHECK(opaque(17) == 17);
  CHECK(opaque(&number) == &number);
  CHECK_FALSE(__builtin_constant_p(opaque(17)));
}

TEST_CASE("an operation is hidden if it takes no longer than the empty loop") {
  const TickClock clock;
  const double empty_ns = turn_ns(clock, 100'000, empty_loop);
  const auto hidden = hidden_in_the_loop(clock, 0.5 * empty_ns, 9.0 * empty_ns);
  REQUIRE(hidden.has_value());
  CHECK(*hidden > 0.0);
  CHECK_FALSE(hidden_in_the_loop(clock, 100.0 * empty_ns, 9000.0 * empty_ns));
  CHECK_FALSE(
      hidden_in_the_loop(clock, 4.0 * empty_ns, 9.0 * empty_ns));  // decided without a measurement
}

TEST_CASE("work with a consumed result stays; without it the optimizer removes the work") {
  const TickClock clock;
  const double empty_ns = turn_ns(clock, 100'000, empty_loop);
  const unsigned seed = opaque(17U);
  auto kept = [seed] { consume(seed * 40503U); };
  auto lost = [seed] { [[maybe_unused]] const unsigned product = seed * 40503U; };
  CHECK_FALSE(measures_nothing(clock, batch_of(kept), empty_ns, empty_ns));
  CHECK(measures_nothing(clock, batch_of(lost), 0.0, empty_ns));
}
