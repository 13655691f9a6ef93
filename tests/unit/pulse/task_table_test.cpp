#include "pulse/task_table.hpp"

#include <doctest/doctest.h>

#include <set>
#include <vector>

using pulse::TaskId;
using pulse::TaskSlot;
using pulse::TaskTable;

TEST_CASE("slots are distinct, on lines of their own, and found by their id") {
  TaskTable table;
  std::set<TaskSlot*> slots;
  std::set<std::uint64_t> ids;
  for (std::size_t i = 0; i < TaskTable::kSlotsPerChunk + 10; ++i) {
    TaskSlot* const slot = table.take();
    REQUIRE(slot != nullptr);
    REQUIRE(slot->last_id != 0);
    REQUIRE(reinterpret_cast<std::uintptr_t>(slot) % 64 == 0);
    REQUIRE(slots.insert(slot).second);
    REQUIRE(ids.insert(slot->last_id).second);
    REQUIRE(table.find(TaskId{slot->last_id}) == slot);
  }
}

TEST_CASE("a slot that was given back is used again under another id") {
  TaskTable table;
  TaskSlot* const slot = table.take();
  const std::uint64_t first = slot->last_id;
  table.give_back(slot);
  TaskSlot* const again = table.take();
  CHECK(again == slot);
  CHECK(again->last_id != first);
  CHECK(table.find(TaskId{first}) == slot);
}

TEST_CASE("an id from nowhere has no slot") {
  TaskTable table;
  CHECK(table.find(TaskId{12345}) == nullptr);
  CHECK(table.find(TaskId{~std::uint64_t{0}}) == nullptr);
}
