#include "pulsebench/machine/placement.hpp"

#include <doctest/doctest.h>

#include "fake_kernel.hpp"
#include "fake_tree.hpp"

using namespace pulsebench;
using namespace pulsebench::machine;

TEST_CASE("the first allowed isolated CPU measures") {
  const FakeTree tree;
  tree.put_cpus(4);
  tree.put("sys/devices/system/cpu/isolated", "1-2\n");
  CHECK(place(tree.roots(), {0, 1, 2, 3}, std::nullopt)->measure == CpuList{1});
  CHECK(place(tree.roots(), {0, 2, 3}, std::nullopt)->measure == CpuList{2});
  CHECK(place(tree.roots(), {0, 3}, std::nullopt)->measure == CpuList{3});
}

TEST_CASE("without isolated CPUs the last one measures and the orchestrator has the others") {
  const FakeTree tree;
  tree.put_cpus(4);
  const auto placement = place(tree.roots(), {0, 1, 2, 3}, std::nullopt).value();
  CHECK(placement.measure == CpuList{3});
  CHECK(placement.orchestrate == CpuList{0, 1, 2});
  CHECK(placement.warning.empty());
}

TEST_CASE("the orchestrator is not on the core of the measuring CPU") {
  const FakeTree tree;
  tree.put_cpus(4, 2);  // cores {0,2} and {1,3}
  const auto placement = place(tree.roots(), {0, 1, 2, 3}, std::nullopt).value();
  CHECK(placement.measure == CpuList{3});
  CHECK(placement.orchestrate == CpuList{0, 2});
  CHECK(placement.warning.empty());
}

TEST_CASE("a CPU without another allowed CPU on its core is preferred") {
  const FakeTree tree;
  tree.put_cpus(4, 2);  // cores {0,2} and {1,3}
  const auto placement = place(tree.roots(), {0, 1, 3}, std::nullopt).value();
  CHECK(placement.measure == CpuList{0});
  CHECK(placement.orchestrate == CpuList{1, 3});
}

TEST_CASE("for two CPUs of one core the warning names both") {
  const FakeTree tree;
  tree.put_cpus(4, 2);
  const auto placement = place(tree.roots(), {1, 3}, std::nullopt).value();
  CHECK(placement.measure == CpuList{3});
  CHECK(placement.orchestrate == CpuList{1});
  CHECK(placement.warning.find("CPU 3 shares its core with CPU 1") != std::string::npos);
}

TEST_CASE("one CPU only is used for both, with a warning") {
  const FakeTree tree;
  tree.put_cpus(1);
  const auto placement = place(tree.roots(), {0}, std::nullopt).value();
  CHECK(placement.measure == CpuList{0});
  CHECK(placement.orchestrate == CpuList{0});
  CHECK_FALSE(placement.warning.empty());
}

TEST_CASE("a chroot without /sys still gives a placement") {
  const FakeTree tree;
  const auto placement = place(tree.roots(), {0, 1}, std::nullopt).value();
  CHECK(placement.measure == CpuList{1});
  CHECK(placement.orchestrate == CpuList{0});
}

TEST_CASE("a requested list is used unchanged") {
  const FakeTree tree;
  tree.put_cpus(4);
  const auto placement = place(tree.roots(), {0, 1, 2, 3}, "1,3").value();
  CHECK(placement.measure == CpuList{1, 3});
  CHECK(placement.orchestrate == CpuList{0, 2});
}

TEST_CASE("the error for an impossible list has the list, the reason and the allowed CPUs") {
  const FakeTree tree;
  tree.put_cpus(4);
  const auto refusal = [&](const std::string& list) {
    const auto placement = place(tree.roots(), {0, 1, 2}, list);
    REQUIRE_FALSE(placement.has_value());
    CHECK(placement.error().code == ErrorCode::bad_input);
    return placement.error().message;
  };
  CHECK(refusal("7") == "cannot measure on CPUs '7': 7 not online; allowed here: 0-2");
  CHECK(refusal("2-3") ==
        "cannot measure on CPUs '2-3': 3 not allowed for this process; allowed here: 0-2");
  CHECK(refusal("one") ==
        "cannot measure on CPUs 'one': not a list like 1 or 0-2,5; allowed here: 0-2");
  CHECK(refusal("").find("not a list") != std::string::npos);
  CHECK(refusal("1\x1b[31m").find('\x1b') == std::string::npos);
}

TEST_CASE("pinning that achieves fewer CPUs than requested is an error") {
  FakeKernel kernel;
  CHECK(pin_to({2}, kernel).has_value());
  CHECK(kernel.current == CpuList{2});
  // Linux drops a CPU that does not exist: {1,7} silently becomes {1}.
  const auto partly = pin_to({1, 7}, kernel);
  REQUIRE_FALSE(partly.has_value());
  CHECK(partly.error().message == "requested CPUs '1,7', but got '1'");
  CHECK_FALSE(pin_to({7}, kernel).has_value());
}

TEST_CASE("several threads get every CPU of the placement, or the requested ones") {
  CHECK(thread_cpus({.measure = {3}, .orchestrate = {0, 2}, .why = {}, .warning = {}}) ==
        CpuList{0, 2, 3});
  CHECK(thread_cpus({.measure = {1, 2}, .orchestrate = {0}, .why = {}, .warning = {}}) ==
        CpuList{1, 2});
  CHECK(thread_cpus({.measure = {0}, .orchestrate = {0}, .why = {}, .warning = {}}) == CpuList{0});
}
