#include "pulsebench/session/known_so_far.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using namespace pulsebench;
using namespace pulsebench::session;

TEST_CASE("what is known of a run is its verdicts, and as suspects what may become one") {
  const compare::LiveRule rule{.threshold = Percent{5}, .family = 3};
  std::vector<compare::LiveDecision> decisions(3, compare::LiveDecision{rule});
  const std::vector<double> percents{0.0, 9.0, 0.0};
  KnownSoFar known{3};
  CHECK(known.text().empty());
  const auto block = [&](std::size_t i) {
    const double change = std::log1p(percents[i] / 100);
    decisions[i].add({change, change});
    known.update(i, decisions[i]);
  };
  for (int n = 0; n < 3; ++n) block(1);
  CHECK(known.text().empty());  // nothing is decided before four blocks
  block(1);
  CHECK(known.text() == "1 suspect");
  for (const std::size_t i : {0U, 2U}) {
    while (!decisions[i].decided()) block(i);
  }
  CHECK(known.text() == "2 unchanged, 1 suspect");
  while (!decisions[1].decided()) block(1);
  CHECK(known.text() == "2 unchanged, 1 regressed");
}
