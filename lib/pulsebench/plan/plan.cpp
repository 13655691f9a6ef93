#include "pulsebench/plan/plan.hpp"

#include <algorithm>
#include <cassert>
#include <numeric>
#include <random>
#include <utility>

namespace pulsebench::plan {
namespace {

/// Fisher-Yates shuffle; the order of std::shuffle depends on the standard library.
template <class T>
void shuffle(std::vector<T>& items, std::mt19937_64& random) {
  for (std::size_t left = items.size(); left > 1; --left) {
    std::swap(items[left - 1], items[random() % left]);
  }
}

std::vector<std::size_t> indices(std::size_t count) {
  std::vector<std::size_t> all(count);
  std::iota(all.begin(), all.end(), std::size_t{0});
  return all;
}

}  // namespace

std::vector<Step> make_plan(std::span<const int> launches, std::size_t sides, std::uint64_t seed) {
  assert(sides > 0);
  std::mt19937_64 random{seed};
  std::vector<Step> steps;
  const int rounds = launches.empty() ? 0 : *std::max_element(launches.begin(), launches.end());
  for (int launch = 0; launch < rounds; ++launch) {
    auto subjects = indices(launches.size());
    shuffle(subjects, random);
    for (const std::size_t subject : subjects) {
      if (launches[subject] <= launch) continue;
      auto order = indices(sides);
      shuffle(order, random);
      for (const std::size_t side : order) steps.push_back({launch, subject, side});
    }
  }
  return steps;
}

std::vector<int> fit_to_budget(std::span<const int> launches, std::span<const double> seconds,
                               double budget_seconds) {
  assert(launches.size() == seconds.size());
  double asked = 0.0;
  for (std::size_t i = 0; i < launches.size(); ++i) asked += launches[i] * seconds[i];
  std::vector<int> fitted{launches.begin(), launches.end()};
  if (asked <= budget_seconds) return fitted;
  const double share = budget_seconds / asked;
  for (int& count : fitted) {
    const int scaled = static_cast<int>(count * share);
    count = std::min(count, std::max(scaled, kFewestLaunches));
  }
  return fitted;
}

Layout layout_of(int launch) {
  constexpr std::uint64_t kSeed = 12345;
  std::mt19937_64 random{kSeed + static_cast<std::uint64_t>(launch)};
  // Both ranges are powers of two, so the low bits are uniform.
  const std::size_t environment = 16 * (random() % 256);
  const std::size_t heap = 16 * (random() % 4096);
  return {.environment_padding = environment, .heap_padding = heap};
}

}  // namespace pulsebench::plan
