#include "pulsebench/profile/instruction_change.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

using namespace pulsebench;
using namespace pulsebench::profile;

namespace {

/// A dump in which each function has one instruction, at an address of its own.
CallgrindProfile dump(const std::vector<std::pair<std::string, std::uint64_t>>& functions) {
  CallgrindProfile profile{.files = {"/src/victim.cpp"}};
  std::uint64_t address = 0x1000;
  for (const auto& [name, instructions] : functions) {
    const CallgrindCosts costs{.instructions = instructions};
    profile.functions.push_back(
        {.name = name,
         .object = "/build/bench",
         .self = costs,
         .instructions = {{.address = address, .line = 20, .costs = costs}}});
    address += 16;
  }
  return profile;
}

/// Ten operations and twenty, after a start that costs 500 instructions in `start`.
OperationProfile operation(const std::vector<std::pair<std::string, std::uint64_t>>& per_op) {
  auto few = per_op, more = per_op;
  for (auto& [name, instructions] : few) instructions *= 10;
  for (auto& [name, instructions] : more) instructions *= 20;
  few.emplace_back("start()", 500);
  more.emplace_back("start()", 500);
  return profile_of_operation(dump(few), dump(more), 10);
}

}  // namespace

TEST_CASE("what happens once is no part of an operation") {
  const OperationProfile profile = operation({{"leaf(unsigned long)", 246}, {"alpha()", 409}});
  CHECK(profile.instructions == 655.0);
  REQUIRE(profile.functions.size() == 2);
  CHECK(profile.functions[0].name == "alpha()");  // the most instructions first
  CHECK(profile.functions[1].instructions == 246.0);
  REQUIRE(profile.functions[1].where.has_value());
  CHECK(*profile.functions[1].where == SourceLine{"/src/victim.cpp", 20});
  REQUIRE(profile.functions[1].each.size() == 1);
  CHECK(profile.functions[1].each[0].executions == 246.0);
}

TEST_CASE("the function that grew is named with its instructions, and no other") {
  const Explanation change =
      change_of_instructions(operation({{"leaf(unsigned long)", 246}, {"alpha()", 409}}),
                             operation({{"leaf(unsigned long)", 270}, {"alpha()", 409}}));
  CHECK(change.difference() == 24.0);
  CHECK(change.operations == 10);
  REQUIRE(change.functions.size() == 1);
  CHECK(change.functions[0].name == "leaf(unsigned long)");
  CHECK(change.functions[0].difference() == 24.0);
  CHECK(change.functions[0].object == "bench");
}

TEST_CASE("one more instruction in any of twenty functions is found") {
  std::vector<std::pair<std::string, std::uint64_t>> before;
  for (int i = 0; i < 20; ++i) before.emplace_back("f" + std::to_string(i) + "()", 5 + 7 * i);
  for (std::size_t i = 0; i < before.size(); ++i) {
    auto after = before;
    ++after[i].second;
    const Explanation change = change_of_instructions(operation(before), operation(after));
    REQUIRE(change.functions.size() == 1);
    CHECK(change.functions[0].name == before[i].first);
    CHECK(change.functions[0].difference() == 1.0);
  }
}

TEST_CASE("a function with other template arguments, or a clone of it, is the same one") {
  const Explanation change = change_of_instructions(
      operation({{"void run<int>(int)", 100}, {"leaf(int)", 30}, {"main::{lambda()#1}()", 8}}),
      operation({{"void run<long>(long)", 110},
                 {"leaf(int) [clone .constprop.0]", 30},
                 {"main::{lambda()#2}()", 8}}));
  REQUIRE(change.functions.size() == 1);
  CHECK(change.functions[0].name == "void run<long>(long)");
  CHECK(change.functions[0].base == 100.0);
  CHECK(change.functions[0].candidate == 110.0);
}

TEST_CASE("a function of one side alone is new or gone") {
  const Explanation change = change_of_instructions(operation({{"a()", 10}, {"inlined()", 7}}),
                                                    operation({{"a()", 10}, {"fresh()", 20}}));
  REQUIRE(change.functions.size() == 2);
  CHECK(change.functions[0].name == "fresh()");
  CHECK_FALSE(change.functions[0].base.has_value());
  CHECK(change.functions[1].name == "inlined()");
  CHECK_FALSE(change.functions[1].candidate.has_value());
  CHECK(change.functions[1].difference() == -7.0);
}

TEST_CASE("code without symbols is one function, whatever its addresses are") {
  const Explanation change =
      change_of_instructions(operation({{"0x0000000000016410", 10}, {"0x0000000000016420", 5}}),
                             operation({{"0x0000000000017410", 10}, {"0x0000000000017420", 6}}));
  REQUIRE(change.functions.size() == 1);
  CHECK(change.functions[0].difference() == 1.0);
}
