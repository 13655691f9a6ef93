#include "pulsebench/profile/function_change.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <string>

#include "profile/samples.hpp"

using namespace pulsebench::profile;

namespace {

struct Sides {
  CpuProfile old_side{.benchmark = "b"}, new_side{.benchmark = "b"};
};

/// Blocks of `samples` a side, of an operation of 100 ns whose leaf takes 30 ns, and so many more
/// on the new side. Times wander by half a per cent.
Sides blocks(int count, double slower, std::uint64_t samples, std::uint64_t seed) {
  std::mt19937_64 bits{seed};
  std::normal_distribution<double> wander{1.0, 0.005};
  Sides sides;
  for (int i = 0; i < count; ++i) {
    for (const bool is_new : {false, true}) {
      const double leaf = 30.0 + (is_new ? slower : 0.0), whole = 70.0 + leaf;
      std::binomial_distribution<std::uint64_t> in_leaf{samples, leaf / whole};
      const std::uint64_t hits = in_leaf(bits);
      std::binomial_distribution<std::uint64_t> in_alpha{samples - hits, 50.0 / 70.0};
      const std::uint64_t alpha = in_alpha(bits);
      add_launch(is_new ? sides.new_side : sides.old_side, whole * wander(bits),
                 {{{"alpha", "run"}, alpha},
                  {{"leaf", "alpha", "run"}, hits},
                  {{"beta", "run"}, samples - hits - alpha}});
    }
  }
  return sides;
}

const FunctionTimeChange& change_in(const std::vector<FunctionTimeChange>& changes,
                                    const char* name) {
  const auto found = std::find_if(changes.begin(), changes.end(),
                                  [&](const FunctionTimeChange& one) { return one.name == name; });
  REQUIRE(found != changes.end());
  return *found;
}

}  // namespace

TEST_CASE("the function that became slower is first, and the others are not") {
  const Sides sides = blocks(24, 10.0, 1000, 1);
  const ProfileChange change = change_of(sides.old_side, sides.new_side, SpotsBy::function);
  const FunctionTimeChange& first = change.functions.front();
  CHECK(first.name == "leaf");
  CHECK(first.significant);
  CHECK(first.cost.low.value < 10.0);
  CHECK(first.cost.high.value > 10.0);
  CHECK(first.cost.low.value > 5.0);
  CHECK_FALSE(change_in(change.functions, "alpha").significant);
  CHECK_FALSE(change_in(change.functions, "beta").significant);
  CHECK(change_in(change.totals, "alpha").significant);  // its callee's time is in its total
  CHECK(change.operation.change.value == doctest::Approx(10.0).epsilon(0.1));
  CHECK(change.explained > 0.8);
}

// R: t.test(c(1, 2, 3)) has the interval -0.4841 to 4.4841 and p = 0.07418.
TEST_CASE("interval and p-value are Student's") {
  Sides sides;
  for (const double grown : {1.0, 2.0, 3.0}) {
    add_launch(sides.old_side, 100.0, {{{"run"}, 100}});
    add_launch(sides.new_side, 100.0 + grown, {{{"run"}, 100}});
  }
  const ProfileChange change = change_of(sides.old_side, sides.new_side, SpotsBy::function);
  CHECK(change.operation.change.value == doctest::Approx(2.0));
  CHECK(change.operation.low.value == doctest::Approx(-0.4841).epsilon(1e-3));
  CHECK(change.operation.high.value == doctest::Approx(4.4841).epsilon(1e-3));
  CHECK(change.operation.p == doctest::Approx(0.07418).epsilon(1e-3));
}

TEST_CASE("functions of fewer than twenty samples are not tested") {
  Sides sides;
  for (int i = 0; i < 3; ++i) {
    add_launch(sides.old_side, 100.0, {{{"run"}, 100}, {{"rare", "run"}, 3}});
    add_launch(sides.new_side, 100.0, {{{"run"}, 100}, {{"rare", "run"}, 3}});
  }
  const ProfileChange change = change_of(sides.old_side, sides.new_side, SpotsBy::function);
  CHECK(change.functions.size() == 1);
}

TEST_CASE("a function that is gone is kept, with what it cost") {
  Sides sides;
  for (int i = 0; i < 4; ++i) {
    add_launch(sides.old_side, 100.0 + i, {{{"run"}, 50}, {{"old_way", "run"}, 50}});
    add_launch(sides.new_side, 50.0, {{{"run"}, 100}});
  }
  const ProfileChange change = change_of(sides.old_side, sides.new_side, SpotsBy::function);
  const FunctionTimeChange& gone = change_in(change.functions, "old_way");
  CHECK(gone.new_samples == 0);
  CHECK(gone.cost.after.value == 0.0);
  CHECK(gone.cost.before.value == doctest::Approx(50.75));
  CHECK(gone.significant);
}

TEST_CASE("a clone of a function stands for it, if there is one alone") {
  const auto matched = match_functions({"f(int) [clone .isra.0]", "g<int>(int)", "h(int)", "same"},
                                       {"f(int)", "g<long>(long)", "h(long)", "h(char)", "same"});
  CHECK(matched.at("f(int) [clone .isra.0]") == "f(int)");
  CHECK(matched.at("g<int>(int)") == "g<long>(long)");
  CHECK(matched.at("same") == "same");
  CHECK_FALSE(matched.contains("h(int)"));  // two may stand for it
}

// 5 % of the A/A comparisons have any function of significance; three standard errors are 3.3 %.
TEST_CASE("of comparisons without a change few have a coloured function") {
  int coloured = 0;
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    const Sides sides = blocks(12, 0.0, 500, 1000 + seed);
    const ProfileChange change = change_of(sides.old_side, sides.new_side, SpotsBy::function);
    const auto any = [](const std::vector<FunctionTimeChange>& changes) {
      return std::any_of(changes.begin(), changes.end(),
                         [](const FunctionTimeChange& one) { return one.significant; });
    };
    coloured += any(change.functions) || any(change.totals) ? 1 : 0;
  }
  CHECK(coloured <= 33);
}
