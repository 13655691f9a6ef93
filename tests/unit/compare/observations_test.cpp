#include "pulsebench/compare/observations.hpp"

#include <doctest/doctest.h>

using namespace pulsebench;
using namespace pulsebench::compare;

namespace {

Visit visit_of(double ns, int disturbed) {
  Visit visit;
  for (int i = 0; i < 10; ++i) {
    visit.slices.push_back(
        {.ns_per_op = ns,
         .cpu_ns_per_op = ns,
         .disturbances = i < disturbed ? static_cast<std::uint32_t>(Disturbance::preempted) : 0U});
  }
  return visit;
}

}  // namespace

TEST_CASE("launches of two modes are told with their sizes and places") {
  std::vector<double> launches(20, 5.65);
  for (std::size_t i = 12; i < 20; ++i) launches[i] = 6.25;
  CHECK(modes_seen(launches, "new") ==
        "new launches fall into two modes: 12 near 5.65 ns, 8 near 6.25 ns");
  for (double& ns : launches) ns *= 1000.0;
  CHECK(modes_seen(launches, "new") ==
        "new launches fall into two modes: 12 near 5650 ns, 8 near 6250 ns");
  launches.assign(20, 5.65);
  for (std::size_t i = 12; i < 20; ++i) launches[i] = 5.66;  // 0.2 % apart
  CHECK(modes_seen(launches, "new").empty());
  CHECK(modes_seen({}, "new").empty());
}

TEST_CASE("disturbed slices are told from a tenth on") {
  CHECK(disturbances_seen(std::vector{visit_of(1, 1), visit_of(1, 2)}, "old") ==
        "15 % of old slices disturbed");
  CHECK(disturbances_seen(std::vector{visit_of(1, 0), visit_of(1, 1)}, "old").empty());
  CHECK(disturbances_seen({}, "old").empty());
}

TEST_CASE("of a live side both are told, and nothing of one that is as it should be") {
  std::vector<Visit> visits;
  for (int i = 0; i < 16; ++i) visits.push_back(visit_of(i < 8 ? 1.0 : 2.0, 5));
  CHECK(seen_live(visits, "new").size() == 2);
  CHECK(seen_live(std::vector<Visit>(16, visit_of(1.0, 0)), "new").empty());
}
