#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numeric>
#include <vector>

#include "deviates.hpp"
#include "pulsebench/compare/live_decision.hpp"

// Families of benchmarks judged live, whose true change is exactly the threshold: the worst of what
// must not be flagged, as half of the blocks lie beyond it. Whatever their noise and however they
// depend on each other, anything may be flagged in at most a share alpha of the runs.

using namespace pulsebench;
using namespace pulsebench::compare;

namespace {

constexpr int kFamily = 8;
constexpr int kRuns = 150;
constexpr double kAlpha = 0.1;
constexpr int kMostBlocks = 48;
constexpr double kThreshold = 5.0;

using Row = std::array<double, kFamily>;  ///< the noise of one block, a benchmark each

class Random : public Deviates {
 public:
  using Deviates::Deviates;

  /// Without a mean: a block now and then is off by orders of magnitude.
  double cauchy() { return std::tan(3.141592653589793 * (uniform() - 0.5)); }
  /// Its median is zero; for the worse it goes far, for the better not.
  double skewed() {
    const double tail = -std::log(uniform());
    return uniform() < 0.5 ? tail : -0.05 * tail;
  }
};

struct World {
  const char* name;
  std::function<Row(Random&)> block;
};

const std::vector<World> kWorlds{
    {"independent",
     [](Random& random) {
       Row row;
       for (double& noise : row) noise = 0.05 * random.normal();
       return row;
     }},
    {"perfectly correlated",
     [](Random& random) {
       Row row;
       row.fill(0.05 * random.normal());
       return row;
     }},
    {"a common shock a block",
     [](Random& random) {
       const double shock = 0.1 * random.normal();
       Row row;
       for (double& noise : row) noise = shock + 0.01 * random.normal();
       return row;
     }},
    {"opposed in pairs",
     [](Random& random) {
       const double shock = 0.05 * random.normal();
       Row row;
       for (std::size_t i = 0; i < row.size(); ++i) row[i] = i % 2 == 0 ? shock : -shock;
       return row;
     }},
    {"heavy tails",
     [](Random& random) {
       Row row;
       for (double& noise : row) noise = 0.02 * random.cauchy();
       return row;
     }},
    {"one-sided skew with median zero",
     [](Random& random) {
       Row row;
       for (double& noise : row) noise = 0.2 * random.skewed();
       return row;
     }},
};

LiveRule rule() {
  return {.threshold = Percent{kThreshold},
          .alpha = kAlpha,
          .family = kFamily,
          .most_blocks = kMostBlocks};
}

/// Looks after every block; the mean moves with the low quantile, and a little on its own.
std::vector<LiveDecision> judged(const World& world, double percent, Random& random) {
  std::vector<LiveDecision> decisions(kFamily, LiveDecision{rule()});
  const double change = std::log1p(percent / 100.0);
  for (int block = 0; block < kMostBlocks; ++block) {
    const Row noise = world.block(random);
    for (std::size_t i = 0; i < noise.size(); ++i) {
      const double mean = noise[i] * (random.uniform() < 0.8 ? 1.0 : -1.0);
      if (!decisions[i].decided()) decisions[i].add({change + noise[i], change + mean});
    }
  }
  return decisions;
}

bool alarms(const std::vector<LiveDecision>& decisions) {
  return std::any_of(decisions.begin(), decisions.end(), [](const LiveDecision& decision) {
    return decision.verdict() == Verdict::regressed;
  });
}

}  // namespace

TEST_CASE("whatever the noise and the dependence, a family alarms in less than alpha of the runs") {
  for (const World& world : kWorlds) {
    CAPTURE(world.name);
    Random random{31};
    int alarmed = 0;
    for (int run = 0; run < kRuns; ++run) {
      alarmed += alarms(judged(world, kThreshold, random)) ? 1 : 0;
    }
    CHECK(alarmed <= kAlpha * kRuns);
  }
}

TEST_CASE("code that did not change alarms in no run, and a speed-up is claimed in none") {
  for (const World& world : kWorlds) {
    CAPTURE(world.name);
    Random random{32};
    int wrong = 0;
    for (int run = 0; run < kRuns; ++run) {
      for (const LiveDecision& decision : judged(world, 0.0, random)) {
        const Verdict verdict = decision.verdict();
        wrong += verdict == Verdict::regressed || verdict == Verdict::improved ? 1 : 0;
      }
    }
    CHECK(wrong == 0);
  }
}

TEST_CASE("the simulation can alarm: noise whose median is beyond the threshold does") {
  for (const World& world : kWorlds) {
    CAPTURE(world.name);
    Random random{33};
    int alarmed = 0;
    for (int run = 0; run < 20; ++run) alarmed += alarms(judged(world, 40.0, random)) ? 1 : 0;
    CHECK(alarmed >= 18);
  }
}

TEST_CASE("a decision does not depend on the order in which benchmarks were declared") {
  for (const World& world : kWorlds) {
    CAPTURE(world.name);
    Random random{34};
    std::vector<Row> blocks;
    for (int block = 0; block < kMostBlocks; ++block) blocks.push_back(world.block(random));
    std::array<std::size_t, kFamily> order{};
    std::iota(order.begin(), order.end(), 0U);
    for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random.below(i)]);

    const auto decide = [&](const std::array<std::size_t, kFamily>& declared) {
      std::vector<LiveDecision> decisions(kFamily, LiveDecision{rule()});
      for (const Row& noise : blocks) {
        for (const std::size_t i : declared) {
          const double change = 0.02 * static_cast<double>(i) + noise[i];
          if (!decisions[i].decided()) decisions[i].add({change, change});
        }
      }
      return decisions;
    };
    std::array<std::size_t, kFamily> straight{};
    std::iota(straight.begin(), straight.end(), 0U);
    const auto one = decide(straight);
    const auto other = decide(order);
    for (std::size_t i = 0; i < kFamily; ++i) {
      CHECK(one[i].verdict() == other[i].verdict());
      CHECK(one[i].blocks() == other[i].blocks());
      CHECK(one[i].change() == other[i].change());
    }
  }
}
