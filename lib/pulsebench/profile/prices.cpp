#include "pulsebench/profile/prices.hpp"

#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <random>
#include <vector>

namespace pulsebench::profile {
namespace {

constexpr int kTimes = 9;
constexpr int kTurns = 10'000;
constexpr int kSystemCalls = 500;

/// The least time that a turn took: noise only adds.
template <class Turn>
double ns_of(int turns, const Turn& turn) {
  double least = 0.0;
  for (int time = 0; time < kTimes; ++time) {
    const auto begin = std::chrono::steady_clock::now();
    for (int i = 0; i < turns; ++i) turn(i);
    const std::chrono::duration<double, std::nano> passed =
        std::chrono::steady_clock::now() - begin;
    least = time == 0 ? passed.count() : std::min(least, passed.count());
  }
  return least / turns;
}

[[gnu::noinline]] void nothing() { asm volatile(""); }

double ns_of_lock() {
#if defined(__x86_64__)
  std::uint64_t counter = 0;
  return ns_of(kTurns, [&](int) { asm volatile("lock addq $1, %0" : "+m"(counter) : : "cc"); });
#else
  std::uint64_t counter = 0;
  return ns_of(kTurns, [&](int) { __atomic_fetch_add(&counter, 1, __ATOMIC_SEQ_CST); });
#endif
}

double ns_of_division() {
  std::uint64_t value = 0x123456789abcdef, divisor = 7;
  return ns_of(kTurns, [&](int) {
    asm volatile("" : "+r"(divisor));
    value = value / divisor + 0x123456789abcdef;
    asm volatile("" : "+r"(value));
  });
}

/// Half of the branches on random bits miss.
double ns_of_branch_miss() {
  std::vector<std::uint8_t> random(1U << 16U), equal(random.size(), 1);
  std::minstd_rand engine{1};
  for (auto& bit : random) bit = static_cast<std::uint8_t>((engine() >> 8U) & 1U);
  const auto through = [](const std::vector<std::uint8_t>& bits) {
    return ns_of(static_cast<int>(bits.size()), [&](int i) {
      if (bits[static_cast<std::size_t>(i)] != 0) asm volatile("nop");
    });
  };
  return std::max(2.0 * (through(random) - through(equal)), 0.0);
}

}  // namespace

Prices measure_prices() {
  const double turn = ns_of(kTurns, [](int) { asm volatile(""); });
  const auto beyond_turn = [&](double ns) { return std::max(ns - turn, 0.0); };
  Prices prices;
  prices.locked = beyond_turn(ns_of_lock());
  prices.division = beyond_turn(ns_of_division());
  prices.call = beyond_turn(ns_of(kTurns, [](int) { nothing(); }));
  prices.allocation = beyond_turn(ns_of(kTurns, [](int) {
    void* block = std::malloc(64);
    asm volatile("" : "+r"(block) : : "memory");
    std::free(block);
  }));
  prices.system_call = ns_of(kSystemCalls, [](int) { (void)syscall(SYS_getppid); });
  prices.branch_miss = ns_of_branch_miss();
  return prices;
}

}  // namespace pulsebench::profile
