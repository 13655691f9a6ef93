#include "pulsebench/tune/process_knobs.hpp"

#include <sys/personality.h>
#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>

#include <doctest/doctest.h>

#include "fake_tree.hpp"
#include "pulsebench/machine/kernel.hpp"

using namespace pulsebench;
using namespace pulsebench::tune;

namespace {

KnobReport named(const std::vector<KnobReport>& knobs, const std::string& name) {
  for (const auto& knob : knobs) {
    if (knob.name == name) return knob;
  }
  FAIL("no knob called " << name);
  return {};
}

}  // namespace

TEST_CASE("a process gets its CPU, a lower nice, a fixed layout and no huge pages") {
  const int cpu = machine::this_kernel().affinity().value().back();
  const int lower = ::getpriority(PRIO_PROCESS, 0) + 1;
  const auto knobs = try_in_a_process({{cpu}, lower, true, true, true, std::nullopt});
  CHECK(named(knobs, "affinity").achieved == std::to_string(cpu));
  CHECK(named(knobs, "affinity").outcome == KnobOutcome::set);
  CHECK(named(knobs, "nice").achieved == std::to_string(lower));
  CHECK(named(knobs, "nice").outcome == KnobOutcome::set);
  CHECK(named(knobs, "scheduling").achieved == "batch");
  CHECK(named(knobs, "benchmark_aslr").achieved == "off");
  CHECK(named(knobs, "benchmark_huge_pages").achieved == "off");
}

TEST_CASE("the settings of this process do not change") {
  const auto cpus = machine::this_kernel().affinity().value();
  const int nice = ::getpriority(PRIO_PROCESS, 0);
  const int persona = ::personality(0xFFFFFFFF);
  static_cast<void>(try_in_a_process({{cpus.back()}, nice + 1, true, true, true, std::nullopt}));
  CHECK(machine::this_kernel().affinity().value() == cpus);
  CHECK(::getpriority(PRIO_PROCESS, 0) == nice);
  CHECK(::personality(0xFFFFFFFF) == persona);
}

TEST_CASE("settings that are not requested are reported as such") {
  const auto knobs = try_in_a_process({});
  for (const auto& knob : knobs) {
    CAPTURE(knob.name);
    CHECK(knob.outcome == KnobOutcome::not_asked);
  }
  CHECK(named(knobs, "scheduling").achieved == "normal");
}

TEST_CASE("a CPU that does not exist is refused, also in a list") {
  const int cpu = machine::this_kernel().affinity().value().back();
  const auto none = try_in_a_process({{machine::kLastCpu}, {}, false, false, false, {}});
  CHECK(named(none, "affinity").outcome == KnobOutcome::refused);
  const auto part = try_in_a_process({{cpu, machine::kLastCpu}, {}, false, false, false, {}});
  CHECK(named(part, "affinity").outcome == KnobOutcome::refused);
  CHECK(named(part, "affinity").achieved == std::to_string(cpu));
  CHECK(named(part, "affinity").reason == "accepted, but without effect");
}

TEST_CASE("a lower nice value is set with the privilege and not permitted without") {
  const int higher = ::getpriority(PRIO_PROCESS, 0) - 1;
  const auto nice = named(try_in_a_process({{}, higher, false, false, false, {}}), "nice");
  rlimit limit{};
  REQUIRE(::getrlimit(RLIMIT_NICE, &limit) == 0);
  if (::geteuid() == 0) {
    CHECK(nice.achieved == std::to_string(higher));
  } else if (20 - static_cast<long>(limit.rlim_cur) > higher) {
    CHECK(nice.outcome == KnobOutcome::not_permitted);
  }
}

TEST_CASE("memory can be bound to the node of this machine") {
  const auto knob = named(try_in_a_process({{}, {}, false, false, false, 0}), "memory_node");
  // A kernel without NUMA has no such call.
  CHECK((knob.outcome == KnobOutcome::set || knob.outcome == KnobOutcome::absent));
  if (knob.outcome == KnobOutcome::set) CHECK(knob.achieved == "0");
}

TEST_CASE("huge pages are disabled only if enabled for all, a node is set only among several") {
  const FakeTree tree;
  const machine::Placement placement{{3}, {0}, "", ""};
  tree.put("sys/kernel/mm/transparent_hugepage/enabled", "always [madvise] never\n");
  tree.put("sys/devices/system/node/online", "0\n");
  tree.put("sys/devices/system/cpu/cpu3/node1/cpulist", "3\n");
  const auto plain = default_request(tree.roots(), placement);
  CHECK(plain.cpus == machine::CpuList{3});
  CHECK(plain.fixed_layout);
  CHECK_FALSE(plain.no_huge_pages);
  CHECK_FALSE(plain.memory_node.has_value());
  tree.put("sys/kernel/mm/transparent_hugepage/enabled", "[always] madvise never\n");
  tree.put("sys/devices/system/node/online", "0-1\n");
  const auto big = default_request(tree.roots(), placement);
  CHECK(big.no_huge_pages);
  CHECK(big.memory_node == 1);
}

TEST_CASE("what decides on a setting and cannot be read is unreadable, not unneeded") {
  const FakeTree tree;
  for (const char* file :
       {"sys/kernel/mm/transparent_hugepage/enabled", "sys/devices/system/node/online"}) {
    std::filesystem::create_directories(tree.top() / file);  // a folder: the error is EISDIR
  }
  const auto knobs = try_in_a_process(default_request(tree.roots(), {{0}, {0}, "", ""}));
  for (const char* name : {"benchmark_huge_pages", "memory_node"}) {
    const auto knob = named(knobs, name);
    CHECK(knob.outcome == KnobOutcome::unreadable);
    CHECK(knob.reason.find("Is a directory") != std::string::npos);
  }
}
