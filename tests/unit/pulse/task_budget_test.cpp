#include "pulse/task_budget.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <limits>
#include <thread>

using pulse::TaskBudget;

TEST_CASE("consume returns true while all units are left, and false afterwards") {
  TaskBudget budget{100};
  for (int i = 0; i < 100; ++i) REQUIRE(budget.consume());
  // The 101st would wrap in a budget that subtracts without a check.
  for (int i = 0; i < 1000; ++i) REQUIRE_FALSE(budget.consume());
  CHECK(budget.is_exhausted());
  CHECK(budget.remaining() == 0);
}

TEST_CASE("consuming more than is left takes the rest and returns false") {
  TaskBudget budget{5};
  CHECK_FALSE(budget.consume(6));
  CHECK(budget.remaining() == 0);
  CHECK(budget.is_exhausted());
}

TEST_CASE("consuming exactly what is left returns true") {
  TaskBudget budget{5};
  CHECK(budget.consume(5));
  CHECK(budget.is_exhausted());
}

TEST_CASE("consuming 0 units returns true") {
  TaskBudget budget{0};
  CHECK(budget.consume(0));
  CHECK_FALSE(budget.consume(1));
}

TEST_CASE("the largest amounts neither wrap nor overflow") {
  constexpr std::uint32_t kMost = std::numeric_limits<std::uint32_t>::max();
  TaskBudget budget{kMost};
  CHECK(budget.consume(kMost));
  CHECK_FALSE(budget.consume(kMost));
  CHECK(budget.remaining() == 0);
  CHECK(budget.consumed() == kMost);
}

TEST_CASE("reset grants units after use and after exhaust") {
  TaskBudget budget{1};
  CHECK(budget.consume());
  budget.reset(3);
  CHECK(budget.remaining() == 3);
  CHECK(budget.consumed() == 0);
  budget.exhaust();
  budget.reset(2);
  CHECK(budget.remaining() == 2);
  CHECK(budget.consume(2));
}

TEST_CASE("exhaust removes all units") {
  TaskBudget budget{2000};
  budget.exhaust();
  CHECK(budget.is_exhausted());
  CHECK(budget.remaining() == 0);
  CHECK(budget.consumed() == 2000);
  CHECK_FALSE(budget.consume());
  CHECK(budget.is_exhausted());
}

TEST_CASE("an exhaust by another thread is never lost to the owner's consume") {
  // An owner that loads, subtracts and stores one count would overwrite the other thread's zero.
  for (int round = 0; round < 2000; ++round) {
    TaskBudget budget{std::numeric_limits<std::uint32_t>::max()};
    std::atomic<bool> consuming{false};
    std::thread other([&] {
      while (!consuming.load()) std::this_thread::yield();
      budget.exhaust();
    });
    for (int i = 0; i < 200; ++i) {
      budget.consume();
      if (i == 20) consuming = true;
    }
    other.join();
    REQUIRE(budget.is_exhausted());
    REQUIRE_FALSE(budget.consume());
  }
}
