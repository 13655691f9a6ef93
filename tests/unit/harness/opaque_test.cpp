#include "pulsebench/harness/opaque.hpp"

#include <doctest/doctest.h>

#include "pulsebench/harness/calibrate.hpp"
#include "pulsebench/harness/controls.hpp"

using namespace pulsebench;
using namespace pulsebench::harness;

TEST_CASE("a value comes out as it went in, and is no constant to the optimizer any more") {
  int number = 3;
  CHECK(opaque(17) == 17);
  CHECK(opaque(&number) == &number);
  CHECK_FALSE(__builtin_constant_p(opaque(17)));
}

TEST_CASE("what takes no longer than the empty loop is hidden in it, and what takes more is not") {
  const TickClock clock;
  const double empty_ns = turn_ns(clock, 100'000, empty_loop);
  const auto hidden = hidden_in_the_loop(clock, 0.5 * empty_ns, 9.0 * empty_ns);
  REQUIRE(hidden.has_value());
  CHECK(*hidden > 0.0);
  CHECK_FALSE(hidden_in_the_loop(clock, 100.0 * empty_ns, 9000.0 * empty_ns));
  CHECK_FALSE(hidden_in_the_loop(clock, 4.0 * empty_ns, 9.0 * empty_ns));  // not even asked
}

TEST_CASE("work whose result is consumed stays, and the same work without that is gone") {
  const TickClock clock;
  const double empty_ns = turn_ns(clock, 100'000, empty_loop);
  const unsigned seed = opaque(17U);
  auto kept = [seed] { consume(seed * 40503U); };
  auto lost = [seed] { [[maybe_unused]] const unsigned product = seed * 40503U; };
  CHECK_FALSE(measures_nothing(clock, batch_of(kept), empty_ns, empty_ns));
  CHECK(measures_nothing(clock, batch_of(lost), 0.0, empty_ns));
}
