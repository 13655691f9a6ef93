#include <doctest/doctest.h>

#include <algorithm>

#include "fake_kernel.hpp"
#include "fake_tree.hpp"
#include "pulsebench/doctor/doctor.hpp"

using namespace pulsebench;
using namespace pulsebench::doctor;

TEST_CASE("an emulated processor is bad") {
  const FakeTree tree;
  tree.put_cpus(2);
  FakeKernel kernel;
  const auto virtualisation = [&] {
    const auto checks = examine(tree.roots(), {{1}, {0}, "the last allowed CPU", ""}, kernel);
    return *std::ranges::find(checks, "virtualisation", &Check::name);
  };
  CHECK(virtualisation().state == CheckState::ok);
  tree.put("proc/cpuinfo", "processor\t: 0\nCPU implementer\t: 0x41\n");
  CHECK(virtualisation().state == CheckState::bad);
  CHECK(virtualisation().seen ==
        "the processor is emulated by something: /proc/cpuinfo is not of x86_64");
}
