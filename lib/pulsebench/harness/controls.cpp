#include "pulsebench/harness/controls.hpp"

#include <algorithm>
#include <array>
#include <cassert>

#include "pulsebench/harness/calibrate.hpp"

namespace pulsebench::harness {
namespace {

constexpr std::uint64_t kSteps = 2'500;

[[gnu::noinline]] std::uint64_t reference_kernel(std::uint64_t x) {
  for (std::uint64_t i = 0; i < kSteps; ++i) {
    x ^= x >> 12U;
    x ^= x << 25U;
    x ^= x >> 27U;
    x *= 0x2545F4914F6CDD1DULL;
  }
  return x;
}

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

double reference_ns(const TickClock& clock) {
  std::array<std::uint64_t, 12> turns{};
  std::uint64_t x = 88172645463325252ULL;
  for (std::uint64_t& turn : turns) {
    const std::uint64_t begin = clock.begin();
    x = reference_kernel(x);
    asm volatile("" : "+r"(x));
    turn = clock.end() - begin;
  }
  std::sort(turns.begin(), turns.end());
  return static_cast<double>(turns[turns.size() / 4]) * clock.ns_per_tick() /
         static_cast<double>(kSteps);
}

std::optional<double> hidden_in_the_loop(const TickClock& clock, double ns_per_op,
                                         double reference) {
  constexpr double kThreeCycles = 1.0 / 3.0;
  constexpr double kNoLonger = 1.05;
  constexpr std::uint64_t kLongEnoughNs = 20'000;
  if (ns_per_op > kThreeCycles * reference) return std::nullopt;
  const double empty_ns = turn_ns(clock, kLongEnoughNs, empty_loop);
  return ns_per_op <= kNoLonger * empty_ns ? std::optional(empty_ns) : std::nullopt;
}

[[gnu::noinline]] void empty_loop(std::uint64_t times) {
#pragma GCC unroll 1
  for (; times != 0; --times) asm volatile("");
}

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
