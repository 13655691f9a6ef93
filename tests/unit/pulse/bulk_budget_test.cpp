#include "pulse/bulk_budget.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <memory>
#include <random>
#include <span>
#include <thread>
#include <vector>

#include "pulse/task_table.hpp"

using pulse::TaskBudget;
using pulse::TaskSlot;

namespace {

/// Budgets of all kinds, drawn: whole, in part consumed, used up, exhausted by another thread.
void use(TaskBudget& budget, std::mt19937& draw) {
  budget.reset(static_cast<std::uint32_t>(draw() % 5));
  budget.consume(static_cast<std::uint32_t>(draw() % 4));
  if (draw() % 7 == 0) budget.exhaust();
}

/// An array of budgets, which cannot be copied or moved.
struct Budgets {
  explicit Budgets(std::size_t count) : bytes(new (std::align_val_t{64}) std::byte[count * 16]) {
    for (std::size_t i = 0; i < count; ++i) new (bytes + i * 16) TaskBudget(7);
    all = {reinterpret_cast<TaskBudget*>(bytes), count};
  }
  ~Budgets() { operator delete[](bytes, std::align_val_t{64}); }
  Budgets(const Budgets&) = delete;
  Budgets& operator=(const Budgets&) = delete;

  std::byte* bytes;
  std::span<TaskBudget> all;
};

bool bit(const std::vector<std::uint64_t>& words, std::size_t i) {
  return (words[i / 64] >> (i % 64) & 1U) != 0;
}

}  // namespace

TEST_CASE("exhausted budgets are found, whatever their number, as one by one") {
  std::mt19937 draw{1};
  for (const std::size_t count : {0U, 1U, 7U, 8U, 63U, 64U, 65U, 128U, 1000U}) {
    Budgets budgets(count);
    for (TaskBudget& budget : budgets.all) use(budget, draw);
    std::vector<std::uint64_t> found(pulse::words_of_bits(count), ~std::uint64_t{0});
    std::vector<std::uint64_t> one_by_one = found;
    pulse::find_exhausted(std::span<const TaskBudget>{budgets.all}, found);
    pulse::scalar::find_exhausted(std::span<const TaskBudget>{budgets.all}, one_by_one);
    CHECK(found == one_by_one);
    for (std::size_t i = 0; i < count; ++i) REQUIRE(bit(found, i) == budgets.all[i].is_exhausted());
    for (std::size_t i = count; i < found.size() * 64; ++i) REQUIRE_FALSE(bit(found, i));
  }
}

TEST_CASE("a refill grants all, and clears what exhausted them") {
  std::mt19937 draw{2};
  for (const std::size_t count : {0U, 1U, 2U, 101U}) {
    Budgets budgets(count);
    for (TaskBudget& budget : budgets.all) use(budget, draw);
    pulse::refill(budgets.all, 9);
    for (TaskBudget& budget : budgets.all) {
      REQUIRE(budget.remaining() == 9);
      REQUIRE(budget.consumed() == 0);
      REQUIRE(budget.consume(4));
      REQUIRE(budget.consumed() == 4);
    }
  }
}

TEST_CASE("the budgets in slots are refilled and found, and nothing else of a slot changes") {
  const auto slots = std::make_unique<TaskSlot[]>(200);
  const std::span all{slots.get(), 200};
  for (std::size_t i = 0; i < all.size(); ++i) {
    all[i].id = i;
    all[i].next_free = static_cast<std::uint32_t>(i);
  }
  std::vector<std::uint64_t> found(pulse::words_of_bits(all.size()));
  pulse::find_exhausted(std::span<const TaskSlot>{all}, found);
  for (std::size_t i = 0; i < all.size(); ++i) REQUIRE(bit(found, i));  // of 0 units
  pulse::refill(all, 3);
  all[5].budget.exhaust();
  all[199].budget.consume(3);
  pulse::find_exhausted(std::span<const TaskSlot>{all}, found);
  for (std::size_t i = 0; i < all.size(); ++i) {
    REQUIRE(bit(found, i) == (i == 5 || i == 199));
    REQUIRE(all[i].id == i);
    REQUIRE(all[i].next_free == i);
  }
}

TEST_CASE("what is exhausted while others refill and look is exhausted or open, never torn") {
  Budgets budgets(64);
  std::jthread other([&budgets](const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      for (TaskBudget& budget : budgets.all) budget.exhaust();
    }
  });
  std::vector<std::uint64_t> found(1);
  for (int i = 0; i < 20'000; ++i) {
    pulse::refill(budgets.all, 11);
    pulse::find_exhausted(std::span<const TaskBudget>{budgets.all}, found);
    for (const TaskBudget& budget : budgets.all) {
      const std::uint32_t left = budget.remaining();
      if (left != 0 && left != 11) FAIL("torn: " << left);
    }
  }
}

TEST_CASE("a table gives its slots chunk by chunk") {
  pulse::TaskTable table;
  const TaskSlot* const first = table.take();
  std::size_t chunks = 0;
  table.for_each_chunk([&](std::span<const TaskSlot> slots) {
    ++chunks;
    CHECK(slots.size() == pulse::TaskTable::kSlotsPerChunk);
    CHECK(&slots.front() == first);
  });
  CHECK(chunks == 1);
}
