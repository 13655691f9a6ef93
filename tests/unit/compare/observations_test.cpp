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

TEST_CASE("launches of two modes are reported with their sizes and places") {
  std::vector<double> launches(20, 5.65);
  for (std::size_t i = 12; i < 20; ++i) launches[i] = 6.25;
  CHECK(modes_seen(launches, Side::new_side) == Reason{.code = ReasonCode::two_modes,
                                                       .numbers = {12, 5.65, 8, 6.25},
                                                       .side = Side::new_side});
  launches.assign(20, 5.65);
  for (std::size_t i = 12; i < 20; ++i) launches[i] = 5.66;  // 0.2 % apart
  CHECK_FALSE(modes_seen(launches, Side::new_side));
  CHECK_FALSE(modes_seen({}, Side::new_side));
}

TEST_CASE("disturbed slices are reported from a tenth on") {
  CHECK(disturbances_seen(std::vector{visit_of(1, 1), visit_of(1, 2)}, Side::old_side) ==
        Reason{.code = ReasonCode::slices_disturbed, .numbers = {15}, .side = Side::old_side});
  CHECK_FALSE(disturbances_seen(std::vector{visit_of(1, 0), visit_of(1, 1)}, Side::old_side));
  CHECK_FALSE(disturbances_seen({}, Side::old_side));
}

TEST_CASE("of a live side both are told, and nothing of one that is as it should be") {
  std::vector<Visit> visits;
  for (int i = 0; i < 16; ++i) visits.push_back(visit_of(i < 8 ? 1.0 : 2.0, 5));
  CHECK(seen_live(visits, Side::new_side).size() == 2);
  CHECK(seen_live(std::vector<Visit>(16, visit_of(1.0, 0)), Side::new_side).empty());
}
