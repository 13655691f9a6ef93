#include "pulsebench/profile/callgrind_profile.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

using namespace pulsebench::profile;

namespace {

// Written by hand by the Callgrind Format Specification of valgrind 3.19, after a dump of
// `--dump-instr=yes --branch-sim=yes`: `loop` of 7 + 20 + 4 instructions, of which 20 are of a
// function that is inlined from a header, calls `leaf` of 30, which calls itself once.
const std::string kDump = R"(# callgrind format
version: 1
creator: callgrind-3.19.0
pid: 21843
cmd:  ./bench --benchmark_filter=^loop$
part: 2

desc: I1 cache:
desc: Trigger: Client Request: once

positions: instr line
events: Ir Bc Bcm
summary: 99


ob=(1) /build/bench
fl=(1) /src/loop.cpp
fn=(1) loop(unsigned long)
0x1000 10 7
fi=(2) /src/inlined.hpp
+4 3 20 5 1
fe=(1)
+4 12 4
cfn=(2) leaf(unsigned long)
calls=150 0x2000 20
+5 +1 30 2 1
+5 +1 0

fn=(2)
0x2000 20 16 1
+2 +1 14 1 1
cfn=(3) leaf(unsigned long)'2
calls=1 -2 -1
* * 8

fn=(3)
0x2000 20 8

ob=(2) /lib/libc.so.6
fl=(3) ???
fn=(4) 0x0000000000016410
cob=(1)
cfi=(1)
cfn=(1)
calls=1 0x1000 10
0x16a67 0 61
jcnd=3/5 0x16a70 0
0x16a6b 0
0x16a6b 0 30

totals: 99
)";

const FunctionCost& find(const CallgrindProfile& profile, std::string_view name) {
  const auto found = std::ranges::find(profile.functions, name, &FunctionCost::name);
  REQUIRE(found != profile.functions.end());
  return *found;
}

std::string replaced(const std::string& what, const std::string& with) {
  std::string text = kDump;
  return text.replace(text.find(what), what.size(), with);
}

}  // namespace

TEST_CASE("a function has its own costs, without those of its callees") {
  const auto profile = read_callgrind_profile(kDump);
  REQUIRE(profile.has_value());
  const FunctionCost& loop = find(*profile, "loop(unsigned long)");
  CHECK(loop.self == CallgrindCosts{.instructions = 31, .branches = 5, .branch_misses = 1});
  CHECK(loop.object == "/build/bench");
  CHECK(profile->files[loop.file] == "/src/loop.cpp");
  REQUIRE(loop.calls.size() == 1);
  CHECK(loop.calls[0].address == 0x100d);  // relative to the instruction before
  CHECK(loop.calls[0].instructions == 30);
  CHECK(profile->functions[loop.calls[0].callee].name == "leaf(unsigned long)");
}

TEST_CASE("each instruction has its address, and the file and line that it was inlined from") {
  const auto profile = read_callgrind_profile(kDump);
  REQUIRE(profile.has_value());
  const auto& each = find(*profile, "loop(unsigned long)").instructions;
  REQUIRE(each.size() == 4);
  CHECK(each[3].address == 0x100d);  // the same: the cost of a call moves no position
  CHECK(each[3].line == 13);
  CHECK(each[1].address == 0x1004);
  CHECK(each[1].costs.instructions == 20);
  CHECK(profile->files[each[1].file] == "/src/inlined.hpp");
  CHECK(each[1].line == 3);
  CHECK(each[2].address == 0x1008);
  CHECK(profile->files[each[2].file] == "/src/loop.cpp");
}

TEST_CASE("the levels of a recursion are one function") {
  const auto profile = read_callgrind_profile(kDump);
  REQUIRE(profile.has_value());
  const FunctionCost& leaf = find(*profile, "leaf(unsigned long)");
  CHECK(leaf.self.instructions == 38);
  REQUIRE(leaf.instructions.size() == 2);
  CHECK(leaf.instructions[0].costs.instructions == 24);
  CHECK(leaf.instructions[1].address == 0x2002);
  CHECK(leaf.instructions[1].line == 21);
}

TEST_CASE("a call into another object and a conditional jump are no costs of the caller") {
  const auto profile = read_callgrind_profile(kDump);
  REQUIRE(profile.has_value());
  const FunctionCost& unnamed = find(*profile, "0x0000000000016410");
  CHECK(unnamed.object == "/lib/libc.so.6");
  CHECK(unnamed.self.instructions == 30);
  CHECK(profile->functions[unnamed.calls.at(0).callee].object == "/build/bench");
}

TEST_CASE("a dump without addresses has lines") {
  const auto profile = read_callgrind_profile(
      "positions: line\nevents: Dr Ir\n\nfl=a.cpp\nfn=f\n12 3 40\n+2 0 2\ntotals: 3 42\n");
  REQUIRE(profile.has_value());
  const FunctionCost& function = find(*profile, "f");
  CHECK(function.self.instructions == 42);
  REQUIRE(function.instructions.size() == 2);
  CHECK(function.instructions[1].line == 14);
  CHECK(function.instructions[1].address == 0);
}

TEST_CASE("a dump that is not whole is refused with the reason") {
  const auto refused = [](const std::string& text) {
    const auto profile = read_callgrind_profile(text);
    REQUIRE_FALSE(profile.has_value());
    return profile.error().message;
  };
  CHECK(refused("").find("truncated") != std::string::npos);
  CHECK(refused(kDump.substr(0, kDump.find("\nfn=(3)"))).find("truncated") != std::string::npos);
  CHECK(refused(replaced("totals: 99", "totals: 98")).find("add up") != std::string::npos);
  CHECK(refused(replaced("instr line", "instr bb")).find("another kind") != std::string::npos);
  CHECK(refused(replaced("fn=(1) loop(unsigned long)", "fn=(1)")).find("introduced") !=
        std::string::npos);
  CHECK(refused(replaced("0x1000 10 7", "0x1000 ten 7")).find("position") != std::string::npos);
  CHECK(refused(replaced("0x1000 10 7", "0x1000 10 seven")).find("cost") != std::string::npos);
  CHECK(refused(replaced("0x1000 10 7", "nonsense")).find("neither") != std::string::npos);
}
