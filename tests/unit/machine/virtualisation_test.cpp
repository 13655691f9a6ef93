#include "pulsebench/machine/virtualisation.hpp"

#include <filesystem>

#include <doctest/doctest.h>

#include "fake_kernel.hpp"
#include "fake_tree.hpp"

using namespace pulsebench::machine;

namespace {

void put_namespaces(const FakeTree& tree, const char* pid) {
  std::filesystem::create_directories(tree.top() / "proc/self/ns");
  const auto link = [&](const char* name, const char* target) {
    std::filesystem::create_symlink(target, tree.top() / "proc/self/ns" / name);
  };
  link("ipc", "ipc:[4026531839]");
  link("uts", "uts:[4026531838]");
  link("cgroup", "cgroup:[4026531835]");
  link("pid", pid);
}

}  // namespace

TEST_CASE("a bare machine has no evidence") {
  const FakeTree tree;
  put_namespaces(tree, "pid:[4026531836]");
  const auto found = virtualisation(tree.roots(), FakeKernel{});
  CHECK_FALSE(found.is_guest);
  CHECK_FALSE(found.in_container);
  CHECK(found.hypervisor == "none seen");
  CHECK(found.container == "none seen");
}

TEST_CASE("all evidence of a hypervisor is listed") {
  const FakeTree tree;
  tree.put("proc/cpuinfo", "processor : 0\nflags\t\t: fpu hypervisor lm\n");
  tree.put("sys/class/dmi/id/sys_vendor", "QEMU\n");
  FakeKernel kernel;
  kernel.signature = "KVMKVMKVM";
  const auto found = virtualisation(tree.roots(), kernel);
  CHECK(found.is_guest);
  CHECK(found.hypervisor ==
        "KVM (CPUID says KVMKVMKVM; cpuinfo flag; firmware sys_vendor is QEMU)");
}

TEST_CASE("a Xen guest is detected by /sys/hypervisor alone") {
  const FakeTree tree;
  tree.put("sys/hypervisor/type", "xen\n");
  CHECK(virtualisation(tree.roots(), FakeKernel{}).hypervisor ==
        "xen (/sys/hypervisor/type is xen)");
}

TEST_CASE("/.dockerenv with the host's namespaces is not a container") {
  const FakeTree tree;
  put_namespaces(tree, "pid:[4026531836]");
  tree.put(".dockerenv", "");
  const auto found = virtualisation(tree.roots(), FakeKernel{});
  CHECK_FALSE(found.in_container);
  CHECK(found.container == "none seen, though /.dockerenv exists: the namespaces are the host's");
}

TEST_CASE("an own process namespace is a container") {
  const FakeTree tree;
  put_namespaces(tree, "pid:[4026532281]");
  tree.put("run/.containerenv", "");
  const auto found = virtualisation(tree.roots(), FakeKernel{});
  CHECK(found.in_container);
  CHECK(found.container == "yes: own pid namespaces; /run/.containerenv");
}
