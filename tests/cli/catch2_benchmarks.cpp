// A Catch2 program as anybody would write it: it knows nothing of pulsebench. Built twice, with
// another amount of WORK in one of its benchmarks.
#if __has_include(<catch2/catch_session.hpp>)
#include <catch2/benchmark/catch_benchmark.hpp>
#include <catch2/catch_test_macros.hpp>
#else
#define CATCH_CONFIG_ENABLE_BENCHMARKING
#include <catch2/catch.hpp>
#endif

#include <cstdint>
#include <stdexcept>

namespace {

std::uint64_t multiply(int times) {
  std::uint64_t x = 3;
  for (int i = 0; i < times; ++i) {
    x *= 5;
    asm volatile("" : "+r"(x));
  }
  return x;
}

}  // namespace

TEST_CASE("an assertion") { CHECK(multiply(1) == 15); }

TEST_CASE("~multiply, [twice]") {
  BENCHMARK("changed") { return multiply(WORK); };
  SECTION("one") {
    BENCHMARK("same") { return multiply(100); };
  }
  SECTION("two") {
    BENCHMARK("same") { return multiply(200); };
  }
}

TEST_CASE("throws") {
  BENCHMARK("bad") { return multiply(2) > 0 ? throw std::runtime_error("no luck") : 1; };
}
