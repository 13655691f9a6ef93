#include "pulsebench/harness/allocations.hpp"

#include <doctest/doctest.h>
#include <malloc.h>

#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>

using namespace pulsebench;
using namespace pulsebench::harness;

namespace {

template <class Op>
Allocations allocations_of(Op op) {
  const Batch batch = batch_of(op);
  const auto event = count_allocations({.id = "a", .operations = 10}, batch);
  REQUIRE(std::holds_alternative<wire::CountedAllocations>(event));
  return std::get<wire::CountedAllocations>(event).allocations;
}

void keep(void* block) { benchmark::DoNotOptimize(block); }

}  // namespace

TEST_CASE("an operation without an allocation has none, and no bytes") {
  const Allocations none = allocations_of([] { asm volatile(""); });
  CHECK(none.per_op == 0.0);
  CHECK(none.bytes_per_op == 0.0);
  CHECK(none.peak_bytes == 0);
  CHECK(none.operations == 10);
}

TEST_CASE("operator new, malloc and their relatives are each counted once") {
  CHECK(allocations_of([] { keep(std::make_unique<char[]>(100).get()); }).per_op == 1.0);
  CHECK(allocations_of([] {
          void* const block = std::malloc(10);
          keep(block);
          std::free(block);
        }).bytes_per_op == 10.0);
  CHECK(allocations_of([] {
          void* const block = std::calloc(3, 5);
          keep(block);
          std::free(block);
        }).bytes_per_op == 15.0);
  CHECK(allocations_of([] {
          void* const block = std::aligned_alloc(64, 128);
          keep(block);
          std::free(block);
        }).bytes_per_op == 128.0);
  struct alignas(64) Wide {
    char bytes[64];
  };
  CHECK(allocations_of([] { keep(std::make_unique<Wide>().get()); }).per_op == 1.0);
}

TEST_CASE("allocations inside the C and C++ standard libraries are counted too") {
  CHECK(allocations_of([] {
          char* const copy = strdup("a word");
          keep(copy);
          std::free(copy);
        }).per_op == 1.0);
  CHECK(allocations_of([] {
          std::string text(100, 'x');  // beyond the small string
          benchmark::DoNotOptimize(text.data());
        }).per_op == 1.0);
}

TEST_CASE("the peak is the maximum of a single operation, not of all") {
  const Allocations two_then_one = allocations_of([] {
    auto first = std::make_unique<char[]>(1000);
    auto second = std::make_unique<char[]>(1000);
    keep(first.get());
    keep(second.get());
    second.reset();
    auto third = std::make_unique<char[]>(1000);
    keep(third.get());
  });
  CHECK(two_then_one.per_op == 3.0);
  CHECK(two_then_one.bytes_per_op == 3000.0);
  CHECK(two_then_one.peak_bytes >= 2000);
  CHECK(two_then_one.peak_bytes < 3000);
}

TEST_CASE("allocations before and after the watching are not counted") {
  REQUIRE(watch_heap().has_value());
  unwatch_heap();
  const auto before = heap_use().allocations;
  keep(std::make_unique<int>(1).get());
  CHECK(heap_use().allocations == before);
}
