#include "pulsebench/plan/halving.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <functional>
#include <random>
#include <set>

using namespace pulsebench::plan;

namespace {

struct Searched {
  Halving halving;
  int steps = 0;
};

/// Searches `candidates` of which those from `culprit` on are slow, and `broken` ones skipped.
Searched search(
    std::size_t candidates, std::size_t culprit,
    const std::function<bool(std::size_t)>& broken = [](std::size_t) { return false; }) {
  Searched searched{Halving{candidates}};
  while (const auto next = searched.halving.next()) {
    REQUIRE(++searched.steps <= static_cast<int>(candidates));
    searched.halving.mark(*next, broken(*next)     ? Finding::skipped
                                 : *next < culprit ? Finding::fast
                                                   : Finding::slow);
  }
  return searched;
}

}  // namespace

TEST_CASE("the first slow one of 15 is found in 4 measurements, wherever it is") {
  for (std::size_t culprit = 0; culprit < 15; ++culprit) {
    const auto [halving, steps] = search(15, culprit);
    CHECK(halving.confirmed());
    CHECK(halving.first() == culprit);
    CHECK(halving.last() == culprit);
    CHECK(steps <= 4);
  }
}

TEST_CASE("only where the last of 16 is the culprit is a fifth measurement needed") {
  for (std::size_t culprit = 0; culprit < 16; ++culprit) {
    CHECK(search(16, culprit).steps == (culprit == 15 ? 5 : 4));
  }
}

TEST_CASE("no search takes more measurements than were announced") {
  for (std::size_t candidates = 1; candidates <= 130; ++candidates) {
    const int announced = Halving{candidates}.most_steps();
    for (std::size_t culprit = 0; culprit <= candidates; ++culprit) {
      CHECK(search(candidates, culprit).steps <= announced);
    }
    // one bit a measurement; the outcomes are each candidate, and none
    CHECK(announced == std::ceil(std::log2(static_cast<double>(candidates) + 1.0)));
  }
}

TEST_CASE("where nothing is slow the last one was measured") {
  const auto [halving, steps] = search(15, 15);
  CHECK(halving.none_is_slow());
  CHECK(!halving.confirmed());
  CHECK(steps == 4);
}

TEST_CASE("a last one that is known to be slow is not measured again") {
  Halving halving{16};
  halving.mark(15, Finding::slow);
  CHECK(halving.most_steps() == 4);
  halving.mark(*halving.next(), Finding::fast);
  halving.mark(*halving.next(), Finding::fast);
  halving.mark(*halving.next(), Finding::fast);
  REQUIRE(halving.next() == 14);
  halving.mark(14, Finding::fast);
  CHECK(!halving.next());
  CHECK(halving.first() == 15);
}

TEST_CASE("the culprit is found beside candidates that are skipped") {
  for (std::size_t culprit = 0; culprit < 40; ++culprit) {
    const auto [halving, steps] = search(
        40, culprit, [&](std::size_t i) { return i % 3 == 1 && i != culprit && i + 1 != culprit; });
    CHECK(halving.first() == culprit);
    CHECK(halving.last() == culprit);
  }
}

TEST_CASE("a skipped culprit leaves the range of what was skipped before the first slow one") {
  const auto [halving, steps] = search(16, 9, [](std::size_t i) { return i >= 7 && i <= 10; });
  CHECK(halving.confirmed());
  CHECK(halving.first() == 7);
  CHECK(halving.last() == 11);
}

TEST_CASE("whatever is skipped, the first slow one stays in the range") {
  std::mt19937 random{7};
  for (int trial = 0; trial < 2000; ++trial) {
    const std::size_t candidates = 1 + random() % 50, culprit = random() % candidates;
    std::set<std::size_t> broken;
    for (std::size_t i = 0; i < candidates; ++i) {
      if (random() % 4 == 0) broken.insert(i);
    }
    const auto [halving, steps] =
        search(candidates, culprit, [&](std::size_t i) { return broken.contains(i); });
    CHECK(halving.first() <= culprit);
    CHECK(halving.last() >= culprit);
    for (std::size_t i = halving.first(); i < halving.last(); ++i) CHECK(broken.contains(i));
  }
}

TEST_CASE("a long row of broken candidates is left quickly") {
  const auto [halving, steps] =
      search(1000, 900, [](std::size_t i) { return i >= 300 && i < 700; });
  CHECK(halving.first() == 900);
  CHECK(steps <= 20);
}
