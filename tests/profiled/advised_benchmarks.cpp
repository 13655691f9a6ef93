// For each rule of `pulsebench advise` two benchmarks: `RULE/fires`, and `RULE/twin`, which
// computes the same without what the rule is about.
#include <benchmark/benchmark.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <random>
#include <vector>

namespace {

using Word = std::uint64_t;

/// What the compiler cannot see through, as all inputs here.
template <class T>
T opaque(T value) {
  benchmark::DoNotOptimize(value);
  return value;
}

/// Some work that no rule is about: xor of a chain, which has no memory, calls or divisions.
Word work(Word x, int times) {
  for (int i = 0; i < times; ++i) {
    x = (x << 1U) ^ (x >> 7U) ^ 5U;
    benchmark::DoNotOptimize(x);
  }
  return x;
}

void allocation_fires(benchmark::State& state) {
  for (auto _ : state) {
    auto block = std::make_unique<std::array<Word, 8>>();
    benchmark::DoNotOptimize(block->data());
  }
}
BENCHMARK(allocation_fires)->Name("allocation/fires");

void allocation_twin(benchmark::State& state) {
  auto block = std::make_unique<std::array<Word, 8>>();
  for (auto _ : state) {
    block->fill(0);
    benchmark::DoNotOptimize(block->data());
  }
}
BENCHMARK(allocation_twin)->Name("allocation/twin");

/// Counts the bytes above 127: half of random ones, none of equal ones.
void branches(benchmark::State& state, bool random) {
  std::minstd_rand engine{1};
  std::vector<unsigned char> bytes(4096, 0);
  for (auto& byte : bytes) byte = random ? static_cast<unsigned char>(engine() >> 16U) : 0;
  for (auto _ : state) {
    Word count = 0;
    for (const unsigned char byte : bytes) {
      if (byte > 127) asm volatile("add $1, %0" : "+r"(count) : : "cc");  // stays a branch
    }
    benchmark::DoNotOptimize(count);
  }
}
BENCHMARK_CAPTURE(branches, fires, true)->Name("branch_misses/fires");
BENCHMARK_CAPTURE(branches, twin, false)->Name("branch_misses/twin");

struct Large {
  std::array<Word, 1024> words{};
};

[[gnu::noinline]] Word first_of(const Large& large) {
  benchmark::DoNotOptimize(large.words.data());
  return large.words[0];
}

void copies_fires(benchmark::State& state) {
  const auto large = std::make_unique<Large>();
  Large into;
  for (auto _ : state) {
    std::memcpy(&into, large.get(), opaque(sizeof into));
    benchmark::DoNotOptimize(first_of(into));
  }
}
BENCHMARK(copies_fires)->Name("copies/fires");

void copies_twin(benchmark::State& state) {
  const auto large = std::make_unique<Large>();
  for (auto _ : state) benchmark::DoNotOptimize(first_of(*large));
}
BENCHMARK(copies_twin)->Name("copies/twin");

void division_fires(benchmark::State& state) {
  const Word divisor = opaque<Word>(37);
  Word x = opaque<Word>(0x123456789abcdef);
  for (auto _ : state) benchmark::DoNotOptimize(x = x / divisor + 0x123456789abcdef);
}
BENCHMARK(division_fires)->Name("division/fires");

void division_twin(benchmark::State& state) {
  Word x = opaque<Word>(0x123456789abcdef);
  for (auto _ : state) benchmark::DoNotOptimize(x = x / 37 + 0x123456789abcdef);
}
BENCHMARK(division_twin)->Name("division/twin");

void lock_fires(benchmark::State& state) {
  std::atomic<Word> count{0};
  for (auto _ : state) {
    count.fetch_add(1, std::memory_order_relaxed);
    benchmark::DoNotOptimize(work(1, 4));
  }
}
BENCHMARK(lock_fires)->Name("lock_prefix/fires");

void lock_twin(benchmark::State& state) {
  std::atomic<Word> count{0};
  for (auto _ : state) {
    count.store(count.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
    benchmark::DoNotOptimize(work(1, 4));
  }
}
BENCHMARK(lock_twin)->Name("lock_prefix/twin");

/// A loop of 16 bytes, behind `padding` bytes of a cache line.
#define LOOP_BEHIND(padding)                                                              \
  asm volatile(".p2align 6\n\t.skip " #padding                                            \
               ", 0x90\n1:\n\tadd $1, %0\n\txor $3, %0\n\tadd $5, %0\n\tdec %1\n\tjne 1b" \
               : "+r"(x), "+r"(turns)                                                     \
               :                                                                          \
               : "cc")

void alignment_fires(benchmark::State& state) {
  Word x = 1;
  for (auto _ : state) {
    Word turns = 200;
    LOOP_BEHIND(56);
  }
  benchmark::DoNotOptimize(x);
}
BENCHMARK(alignment_fires)->Name("loop_alignment/fires");

void alignment_twin(benchmark::State& state) {
  Word x = 1;
  for (auto _ : state) {
    Word turns = 200;
    LOOP_BEHIND(16);
  }
  benchmark::DoNotOptimize(x);
}
BENCHMARK(alignment_twin)->Name("loop_alignment/twin");

/// Of another object, so that the call goes through the PLT.
void plt_fires(benchmark::State& state) {
  const char* const text = opaque("ab");
  for (auto _ : state) {
    benchmark::DoNotOptimize(strnlen(text, opaque<std::size_t>(2)));
    benchmark::DoNotOptimize(strnlen(text, opaque<std::size_t>(1)));
  }
}
BENCHMARK(plt_fires)->Name("plt_calls/fires");

std::size_t length_of(const char* text, std::size_t most) {
  std::size_t length = 0;
  while (length < most && text[length] != '\0') ++length;
  return length;
}

void plt_twin(benchmark::State& state) {
  const char* const text = opaque("ab");
  for (auto _ : state) {
    benchmark::DoNotOptimize(length_of(text, opaque<std::size_t>(2)));
    benchmark::DoNotOptimize(length_of(text, opaque<std::size_t>(1)));
  }
}
BENCHMARK(plt_twin)->Name("plt_calls/twin");

[[gnu::noinline]] Word mixed_by_call(Word x) { return (x << 1U) ^ (x >> 7U); }
[[gnu::always_inline]] inline Word mixed(Word x) { return (x << 1U) ^ (x >> 7U); }

void short_calls_fires(benchmark::State& state) {
  Word x = opaque<Word>(1);
  for (auto _ : state) {
    for (int i = 0; i < 16; ++i) x = mixed_by_call(x);
    benchmark::DoNotOptimize(x);
  }
}
BENCHMARK(short_calls_fires)->Name("short_calls/fires");

void short_calls_twin(benchmark::State& state) {
  Word x = opaque<Word>(1);
  for (auto _ : state) {
    for (int i = 0; i < 16; ++i) benchmark::DoNotOptimize(x = mixed(x));
  }
}
BENCHMARK(short_calls_twin)->Name("short_calls/twin");

void system_calls_fires(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(syscall(SYS_getppid));
}
BENCHMARK(system_calls_fires)->Name("system_calls/fires");

void system_calls_twin(benchmark::State& state) {
  const long parent = syscall(SYS_getppid);
  for (auto _ : state) {
    benchmark::DoNotOptimize(opaque(parent) + static_cast<long>(work(opaque<Word>(1), 16)));
  }
}
BENCHMARK(system_calls_twin)->Name("system_calls/twin");

/// One sum, of which each turn waits for the one before.
[[gnu::noinline]] double sum_of(const double* values, std::size_t count) {
  double sum = 0.0;
  for (std::size_t i = 0; i < count; ++i) sum += values[i];
  return sum;
}

/// Eight sums of one product each in a turn: more than a processor with two adders can hold up.
[[gnu::noinline]] double eight_sums_of(const double* values, std::size_t count) {
  double a = 0.0, b = 0.0, c = 0.0, d = 0.0, e = 0.0, f = 0.0, g = 0.0, h = 0.0;
  for (std::size_t i = 0; i + 9 <= count; i += 8) {
    const double* const at = values + i;
    a += at[0] * at[1];
    b += at[1] * at[2];
    c += at[2] * at[3];
    d += at[3] * at[4];
    e += at[4] * at[5];
    f += at[5] * at[6];
    g += at[6] * at[7];
    h += at[7] * at[8];
    // As eight scalar ones.
    asm volatile("" : "+x"(a), "+x"(b), "+x"(c), "+x"(d), "+x"(e), "+x"(f), "+x"(g), "+x"(h));
  }
  return a + b + c + d + e + f + g + h;
}

/// Two values at once, by the processor's vector instructions.
[[gnu::noinline]] double vector_sum_of(const double* values, std::size_t count) {
  using Pair = double __attribute__((vector_size(16)));
  Pair a{}, b{};
  for (std::size_t i = 0; i + 4 <= count; i += 4) {
    Pair first, second;
    std::memcpy(&first, values + i, sizeof first);
    std::memcpy(&second, values + i + 2, sizeof second);
    a += first;
    b += second;
  }
  a += b;
  return a[0] + a[1];
}

void sums(benchmark::State& state, double (*sum)(const double*, std::size_t)) {
  const std::vector<double> values(256, 1.5);
  for (auto _ : state) benchmark::DoNotOptimize(sum(values.data(), values.size()));
}
BENCHMARK_CAPTURE(sums, chain, sum_of)->Name("latency_chain/fires");
BENCHMARK_CAPTURE(sums, eight, eight_sums_of)->Name("latency_chain/twin");
BENCHMARK_CAPTURE(sums, scalar, sum_of)->Name("vectorisation/fires");
BENCHMARK_CAPTURE(sums, vector, vector_sum_of)->Name("vectorisation/twin");

}  // namespace

BENCHMARK_MAIN();
