#include "pulsebench/plan/pace.hpp"

#include <doctest/doctest.h>

using namespace pulsebench;
using namespace pulsebench::plan;
using std::chrono::milliseconds;

TEST_CASE("a visit of a block is shorter than a launch's, except with several threads") {
  const Sampling sampling;
  CHECK(pace_of(sampling, Occasion::launch, 1).visit == milliseconds{10});
  CHECK(pace_of(sampling, Occasion::launch, 1).warm_up == milliseconds{2});
  CHECK(pace_of(sampling, Occasion::block, 1).visit == milliseconds{4});
  CHECK(pace_of(sampling, Occasion::block, 1).warm_up == milliseconds{1});
  CHECK(pace_of(sampling, Occasion::block, 2).visit == milliseconds{10});
  CHECK(pace_of(sampling, Occasion::block, 2).warm_up == milliseconds{2});
}

TEST_CASE("a run's batch is cut to a block, with the minimum slices at least") {
  const Sampling sampling;
  const auto usual = for_a_block({.operations = 1000, .slices = 50}, sampling, 1);
  CHECK(usual.operations == 1000);
  CHECK(usual.slices == 20);  // 50 x 4 / 10
  CHECK(for_a_block({.operations = 25, .slices = 8}, sampling, 1).slices == 8);
  CHECK(for_a_block({.operations = 1, .slices = 4}, sampling, 1).slices == 4);
  CHECK(for_a_block({.operations = 1000, .slices = 50}, sampling, 4).slices == 50);
}

TEST_CASE("injected work is an integer number of operations per slice") {
  // By hand: 7 % of 32 is 2.24, of 42 is 2.94, the first within 3 % of a whole number, 3.
  const auto more = with_whole_injection({.operations = 32, .slices = 15}, 7.0, 8);
  CHECK(more.operations == 42);
  CHECK(more.slices == 11);  // 32 x 15 / 42 = 11.4
  // 7 % of 7 is 0.49, of 14 is 0.98; the minimum of slices limits the growth.
  const auto slow = with_whole_injection({.operations = 7, .slices = 8}, 7.0, 8);
  CHECK(slow.operations == 14);
  CHECK(slow.slices == 8);
  // 10 % of 37 is 3.7, and of 39 3.9.
  CHECK(with_whole_injection({.operations = 37, .slices = 8}, 10.0, 8).operations == 39);
}

TEST_CASE("a batch that is large enough, or far too small, does not change") {
  CHECK(with_whole_injection({.operations = 145'743, .slices = 15}, 7.0, 8).operations == 145'743);
  CHECK(with_whole_injection({.operations = 1, .slices = 8}, 7.0, 8).operations == 1);
  CHECK(with_whole_injection({.operations = 32, .slices = 15}, 0.0, 8).operations == 32);
}
