#include "pulsebench/harness/core_speed_probe.hpp"

#include <algorithm>
#include <cassert>

namespace pulsebench::harness {
namespace {

constexpr std::uint64_t kTurns = 2'500;
constexpr std::uint64_t kTurnsToWarmUp = 64;
constexpr double kSlow =
    1.15;  // calm readings lie within 4 % of each other, shared ones above 30 %

[[gnu::noinline]] void fill_core(std::uint64_t turns) {
  std::uint64_t a = 1, b = 2, c = 3, d = 4, e = 5, f = 6;
  for (; turns != 0; --turns) {
    ++a, ++b, ++c, ++d, ++e, ++f;
    asm volatile("" : "+r"(a), "+r"(b), "+r"(c), "+r"(d), "+r"(e), "+r"(f));
  }
}

}  // namespace

std::uint64_t probe_core_speed(const TickClock& clock) {
  fill_core(kTurnsToWarmUp);
  const std::uint64_t begin = clock.begin();
  fill_core(kTurns);
  return clock.end() - begin;
}

std::vector<bool> slowed(std::span<const std::uint64_t> readings) {
  assert(!readings.empty());
  std::vector<std::uint64_t> sorted{readings.begin(), readings.end()};
  std::ranges::sort(sorted);
  const double usual = static_cast<double>(sorted[(sorted.size() - 1) / 10]);
  std::vector<bool> slow;
  for (std::size_t i = 0; i + 1 < readings.size(); ++i) {
    const std::uint64_t worse = std::max(readings[i], readings[i + 1]);
    slow.push_back(static_cast<double>(worse) > kSlow * usual);
  }
  return slow;
}

}  // namespace pulsebench::harness
