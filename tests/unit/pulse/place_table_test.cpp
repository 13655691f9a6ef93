#include "pulse/place_table.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>
#include <thread>
#include <vector>

using pulse::Location;

namespace {

struct Count {
  std::atomic<int> value{0};
};
using Table = pulse::PlaceTable<Count>;

std::vector<std::pair<std::string, int>> all(Table& table) {
  std::vector<std::pair<std::string, int>> found;
  table.for_each([&](const Table::Entry& entry) {
    found.emplace_back(std::string(entry.kind) + " " + entry.where.file, entry.counts.value.load());
  });
  return found;
}

}  // namespace

TEST_CASE("counts belong to a kind and a place, and stay where they are") {
  Table table;
  constexpr const char* kKind = "timer";
  constexpr const char* kFile = "a.cpp";
  Count& first = table.at(kKind, {kFile, 1});
  CHECK(&table.at(kKind, {kFile, 2}) != &first);
  CHECK(&table.at("queue", {kFile, 1}) != &first);
  CHECK(&table.at(kKind, {"b.cpp", 1}) != &first);
  CHECK(&table.at(kKind, {kFile, 1}) == &first);
  CHECK(all(table).size() == 4);
}

TEST_CASE("what does not fit is counted together, and shown only then") {
  Table table;
  for (std::uint32_t line = 0; line < Table::kMost; ++line) ++table.at("k", {"f", line}).value;
  CHECK(all(table).size() == Table::kMost);
  ++table.at("k", {"f", Table::kMost}).value;
  ++table.at("k", {"f", Table::kMost + 1}).value;
  ++table.at("k", {"f", 7}).value;
  const auto found = all(table);
  REQUIRE(found.size() == Table::kMost + 1);
  CHECK(found[7].second == 2);
  CHECK(found.back() == std::pair<std::string, int>{"others more than 768 places", 2});
}

TEST_CASE("threads that add the same places count in the same entries") {
  constexpr std::uint32_t kLines = 100;
  constexpr int kThreads = 4;
  Table table;
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&] {
      for (std::uint32_t line = 0; line < kLines; ++line) ++table.at("k", {"f", line}).value;
    });
  }
  for (auto& thread : threads) thread.join();
  const auto found = all(table);
  CHECK(found.size() == kLines);
  for (const auto& entry : found) CHECK(entry.second == kThreads);
}
