#include "pulsebench/run/empty_loop.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>

#include "pulsebench/os/thread_cpus.hpp"

namespace pulsebench::run {
namespace {

constexpr std::uint64_t kTurns = 100'000;
constexpr int kRepetitions = 9;

/// The loop that an optimizing compiler makes, whatever options this file is compiled with: a
/// sanitizer would count its turns. `times` is above 0.
void turn(std::uint64_t times) {
#if defined(__x86_64__)
  asm volatile("1: sub $1, %0\n\tjne 1b" : "+r"(times) : : "cc");
#elif defined(__aarch64__)
  asm volatile("1: subs %0, %0, #1\n\tb.ne 1b" : "+r"(times) : : "cc");
#else
#pragma GCC unroll 1
  for (; times != 0; --times) asm volatile("");
#endif
}

}  // namespace

double empty_turn_ns(const std::vector<int>& cpus) {
  const os::OnCpus there{cpus};
  double lowest = 0.0;
  for (int i = 0; i < kRepetitions; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    turn(kTurns);
    const std::chrono::duration<double, std::nano> passed =
        std::chrono::steady_clock::now() - begin;
    lowest = i == 0 ? passed.count() : std::min(lowest, passed.count());
  }
  return lowest / static_cast<double>(kTurns);
}

}  // namespace pulsebench::run
