// A suite on the real harness whose operations do a known number of countable things. EXTRA is one
// more instruction in `counted/steps`.

#include <benchmark/benchmark.h>
#include <sys/mman.h>
#include <valgrind/valgrind.h>

#include <cstdint>
#include <pulsebench/harness/measure.hpp>

#ifndef EXTRA
#define EXTRA
#endif

namespace {

void steps(benchmark::State& state) {
  pulsebench::measure(state, [] { asm volatile("nop\n nop\n nop\n nop\n" EXTRA); });
}
BENCHMARK(steps)->Name("counted/steps");

/// One page fault: the page is given back and touched again.
void faults(benchmark::State& state) {
  char* const page = static_cast<char*>(
      mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
  munlock(page, 4096);  // a locked page cannot be given back
  pulsebench::measure(state, [page] {
    madvise(page, 4096, MADV_DONTNEED);
    *const_cast<volatile char*>(page) = 1;
  });
  munmap(page, 4096);
}
BENCHMARK(faults)->Name("counted/faults");

/// Two allocations of 100 bytes and one of 1000, all given back.
void allocates(benchmark::State& state) {
  pulsebench::measure(state, [] {
    auto* first = new char[100];
    auto* second = new char[100];
    benchmark::DoNotOptimize(first);
    benchmark::DoNotOptimize(second);
    delete[] first;
    delete[] second;
    auto* third = new char[1000];
    benchmark::DoNotOptimize(third);
    delete[] third;
  });
}
BENCHMARK(allocates)->Name("counted/allocates");

/// vpxorq zmm0, zmm0, zmm0, but only where valgrind has to run it.
void unknown_to_valgrind(benchmark::State& state) {
  const bool by_valgrind = RUNNING_ON_VALGRIND != 0;
  pulsebench::measure(state, [by_valgrind] {
    if (by_valgrind) asm volatile(".byte 0x62, 0xf1, 0xfd, 0x48, 0xef, 0xc0");
    for (int i = 0; i < 4; ++i) asm volatile("nop");
  });
}
BENCHMARK(unknown_to_valgrind)->Name("counted/unknown_to_valgrind");

void plain_loop(benchmark::State& state) {
  std::uint64_t sum = 0;
  for (auto _ : state) {
    for (int i = 0; i < 8; ++i) benchmark::DoNotOptimize(sum = sum * 3 + 1);
  }
}
BENCHMARK(plain_loop)->Name("counted/plain_loop");

}  // namespace
