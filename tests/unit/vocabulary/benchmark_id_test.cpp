#include "pulsebench/vocabulary/benchmark_id.hpp"

#include <doctest/doctest.h>

using pulsebench::BenchmarkId;

TEST_CASE("a name as Google Benchmark writes it is a benchmark id") {
  for (const char* name : {"hooks/before_poll/no_hooks", "BM_Sort<int>/1024/threads:4", "größe"}) {
    const auto id = BenchmarkId::parse(name);
    REQUIRE(id.has_value());
    CHECK(id->text() == name);
  }
}

TEST_CASE("an empty, an endless and an unprintable name are refused") {
  CHECK_FALSE(BenchmarkId::parse("").has_value());
  CHECK(BenchmarkId::parse(std::string(1000, 'a')).has_value());
  CHECK_FALSE(BenchmarkId::parse(std::string(1001, 'a')).has_value());
  CHECK_FALSE(BenchmarkId::parse("a\x1b[31m").has_value());
  CHECK_FALSE(BenchmarkId::parse("line\nbreak").has_value());
}
