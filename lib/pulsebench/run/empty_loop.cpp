#include "pulsebench/run/empty_loop.hpp"

#include <sched.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>

#include "pulsebench/run/cpu_set.hpp"

namespace pulsebench::run {
namespace {

constexpr std::uint64_t kTurns = 100'000;
constexpr int kRepetitions = 9;

[[gnu::noinline]] void turn(std::uint64_t times) {
#pragma GCC unroll 1
  for (; times != 0; --times) asm volatile("");
}

}  // namespace

double empty_turn_ns(const std::vector<int>& cpus) {
  cpu_set_t before;
  const cpu_set_t there = cpu_set_of(cpus);
  const bool moved = !cpus.empty() && sched_getaffinity(0, sizeof before, &before) == 0 &&
                     sched_setaffinity(0, sizeof there, &there) == 0;
  double lowest = 0.0;
  for (int i = 0; i < kRepetitions; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    turn(kTurns);
    const std::chrono::duration<double, std::nano> passed =
        std::chrono::steady_clock::now() - begin;
    lowest = i == 0 ? passed.count() : std::min(lowest, passed.count());
  }
  if (moved) sched_setaffinity(0, sizeof before, &before);
  return lowest / static_cast<double>(kTurns);
}

}  // namespace pulsebench::run
