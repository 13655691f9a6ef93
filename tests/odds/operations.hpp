#pragma once

#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <queue>
#include <string>
#include <unordered_map>
#include <vector>

/// Eleven operations from a third of a nanosecond to 50 us: what verdicts are tried on. Each is a
/// function object; one call is one operation.
namespace odds {

struct Add {
  std::uint64_t x = 1;
  void operator()() {
    x += 3;
    benchmark::DoNotOptimize(x);
  }
};

struct Load {
  std::atomic<std::uint64_t> value{1};
  // relaxed: the cost of the bare load is what is wanted
  void operator()() { benchmark::DoNotOptimize(value.load(std::memory_order_relaxed)); }
};

struct Multiply {
  std::uint64_t x = 3;
  void operator()() {
    x *= 0x9E3779B97F4A7C15U;
    benchmark::DoNotOptimize(x);
  }
};

struct Call {
  static void nothing() { benchmark::ClobberMemory(); }
  void (*target)() = &nothing;
  void operator()() {
    benchmark::DoNotOptimize(target);
    target();
  }
};

struct Count {
  std::atomic<std::uint64_t> value{0};
  // relaxed: only the sum matters
  void operator()() { value.fetch_add(1, std::memory_order_relaxed); }
};

struct Lock {
  std::mutex mutex;
  std::uint64_t x = 0;
  void operator()() {
    const std::lock_guard held{mutex};
    benchmark::DoNotOptimize(++x);
  }
};

struct Queue {
  std::queue<std::uint64_t> queue{std::deque<std::uint64_t>(64, 1)};
  void operator()() {
    queue.push(queue.front());
    queue.pop();
    benchmark::ClobberMemory();
  }
};

struct LookUp {
  std::unordered_map<std::uint64_t, std::uint64_t> map;
  std::uint64_t key = 0;
  LookUp() {
    for (std::uint64_t i = 0; i < 1000; ++i) map[i * 7919] = i;
  }
  void operator()() {
    key = (key + 1) % 1000;
    benchmark::DoNotOptimize(map.find(key * 7919)->second);
  }
};

struct Allocate {
  void operator()() {
    void* memory = std::malloc(48);
    benchmark::DoNotOptimize(memory);
    std::free(memory);
  }
};

struct Sort {
  std::vector<std::uint32_t> shuffled, work;
  Sort() : work(100) {
    std::uint32_t x = 12345;
    for (int i = 0; i < 100; ++i) shuffled.push_back(x = x * 1664525U + 1013904223U);
  }
  void operator()() {
    work = shuffled;
    std::sort(work.begin(), work.end());
    benchmark::DoNotOptimize(work.data());
  }
};

struct Copy {
  std::vector<char> from = std::vector<char>(400'000, 'x'), to = std::vector<char>(400'000);
  void operator()() {
    std::memcpy(to.data(), from.data(), from.size());
    benchmark::ClobberMemory();
  }
};

/// Calls `visit.operator()<Operation>(name, about_ns)` for each.
template <class Visit>
void for_each_operation(Visit visit) {
  visit.template operator()<Add>("odds/add", 0.3);
  visit.template operator()<Load>("odds/load", 0.3);
  visit.template operator()<Multiply>("odds/multiply", 1.0);
  visit.template operator()<Call>("odds/call", 1.5);
  visit.template operator()<Count>("odds/count", 5.0);
  visit.template operator()<Queue>("odds/queue", 3.0);
  visit.template operator()<Lock>("odds/lock", 10.0);
  visit.template operator()<LookUp>("odds/look_up", 6.0);
  visit.template operator()<Allocate>("odds/allocate", 15.0);
  visit.template operator()<Sort>("odds/sort", 1'500.0);
  visit.template operator()<Copy>("odds/copy", 25'000.0);
}

/// What the name of this executable says that it is: side_a00 unchanged, side_s07 steadily 7 %
/// slower, side_i10 10 % slower on the whole, by as much more work in one part of four. Names of
/// one length, so that nothing else differs.
struct Side {
  bool sometimes = false;
  double percent = 0.0;
};

inline Side side_of_this_program() {
  std::array<char, 4096> path{};
  FILE* const file = std::fopen("/proc/self/cmdline", "r");
  if (file != nullptr) {
    [[maybe_unused]] const std::size_t read = std::fread(path.data(), 1, path.size() - 1, file);
    std::fclose(file);
  }
  const std::string name{path.data()};
  const auto at = name.rfind("side_");
  if (at == std::string::npos || name.size() < at + 8) return {};
  return {.sometimes = name[at + 5] == 'i', .percent = std::atof(name.c_str() + at + 6)};
}

}  // namespace odds
