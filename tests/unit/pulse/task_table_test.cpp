#include "pulse/task_table.hpp"

#include <doctest/doctest.h>

#include <set>
#include <vector>

using pulse::TaskId;
using pulse::TaskSlot;
using pulse::TaskTable;

namespace {

std::uint64_t id_of(const TaskSlot* slot) { return slot->id.load() & ~TaskSlot::kVacant; }

}  // namespace

TEST_CASE("slots are distinct, on separate cache lines, and found by their id") {
  TaskTable table;
  std::set<TaskSlot*> slots;
  std::set<std::uint64_t> ids;
  for (std::size_t i = 0; i < TaskTable::kSlotsPerChunk + 10; ++i) {
    TaskSlot* const slot = table.take();
    REQUIRE(slot != nullptr);
    REQUIRE(reinterpret_cast<std::uintptr_t>(slot) % 64 == 0);
    REQUIRE(slots.insert(slot).second);
    REQUIRE(ids.insert(id_of(slot)).second);
    REQUIRE(table.find(TaskId{id_of(slot)}) == slot);
  }
}

TEST_CASE("a returned slot is reused with another id") {
  TaskTable table;
  TaskSlot* const slot = table.take();
  const std::uint64_t first = id_of(slot);
  table.give_back(slot);
  TaskSlot* const again = table.take();
  CHECK(again == slot);
  CHECK(id_of(again) != first);
  CHECK(table.find(TaskId{first}) == slot);
}

TEST_CASE("a cache returns its surplus, which another cache can take") {
  TaskTable table;
  TaskTable::FreeList begins;
  TaskTable::FreeList ends;
  std::set<TaskSlot*> seen;
  // Tasks begin on one worker and end on the other, 50 times a chunk's slots.
  for (std::size_t i = 0; i < 50 * TaskTable::kSlotsPerChunk; ++i) {
    TaskSlot* const slot = table.take(begins);
    REQUIRE(slot != nullptr);
    seen.insert(slot);
    table.give_back(ends, slot);
    REQUIRE(ends.count < 2 * TaskTable::kBatch);
  }
  CHECK(seen.size() <= TaskTable::kSlotsPerChunk);
}

// In another implementation of this design an exhausted pool ends the program.
TEST_CASE("a full table returns null, through a cache too, until a task ends") {
  TaskTable table(1);
  TaskTable::FreeList cache;
  std::vector<TaskSlot*> slots;
  while (slots.size() < 100) slots.push_back(table.take());
  while (TaskSlot* const slot = table.take(cache)) slots.push_back(slot);
  CHECK(slots.size() == TaskTable::kSlotsPerChunk);
  CHECK(table.take(cache) == nullptr);
  CHECK(table.take() == nullptr);
  table.give_back(slots.back());
  CHECK(table.take(cache) == slots.back());
}

TEST_CASE("an unknown id has no slot") {
  TaskTable table;
  CHECK(table.find(TaskId{12345}) == nullptr);
  CHECK(table.find(TaskId{~std::uint64_t{0}}) == nullptr);
}
