#include "pulsebench/machine/emulator.hpp"

#include <filesystem>

#include <doctest/doctest.h>

#include "fake_kernel.hpp"
#include "fake_tree.hpp"
#include "pulsebench/machine/fingerprint.hpp"

using namespace pulsebench;
using namespace pulsebench::machine;

namespace {

void link(const FakeTree& tree, const char* name, const char* target) {
  const auto file = tree.top() / "proc" / name;
  std::filesystem::create_directories(file.parent_path());
  std::filesystem::create_symlink(target, file);
}

// The first lines of the files of two machines.
constexpr const char* kX86 = "processor\t: 0\nvendor_id\t: GenuineIntel\ncpu family\t: 6\n";
constexpr const char* kArm64 = "processor\t: 0\nBogoMIPS\t: 243.75\nCPU implementer\t: 0x41\n";

}  // namespace

TEST_CASE("a processor of its own is no emulator") {
  const FakeTree tree;
  CHECK(emulator(tree.roots(), "x86_64").empty());  // nothing readable proves nothing
  link(tree, "self/exe", "/usr/bin/pulsebench");
  link(tree, "thread-self/exe", "/usr/bin/pulsebench");
  tree.put("proc/cpuinfo", kX86);
  CHECK(emulator(tree.roots(), "x86_64").empty());
  tree.put("proc/cpuinfo", kArm64);
  CHECK(emulator(tree.roots(), "aarch64").empty());
}

TEST_CASE("the program that the kernel executes is not this one: it is the emulator") {
  const FakeTree tree;
  link(tree, "self/exe", "/usr/bin/pulsebench");
  link(tree, "thread-self/exe", "/usr/bin/qemu-aarch64-static");
  CHECK(emulator(tree.roots(), "aarch64") == "qemu-aarch64-static");
}

TEST_CASE("a processor of another architecture is described: something emulates this one") {
  const FakeTree tree;
  tree.put("proc/cpuinfo", kX86);
  CHECK(emulator(tree.roots(), "aarch64") == "something: /proc/cpuinfo is not of aarch64");
  tree.put("proc/cpuinfo", kArm64);
  CHECK(emulator(tree.roots(), "x86_64") == "something: /proc/cpuinfo is not of x86_64");
}

TEST_CASE("an emulated machine has another key, and its result names the emulator") {
  const FakeTree tree;
  tree.put("proc/cpuinfo", kX86);
  const Machine real = fingerprint(tree.roots(), FakeKernel{});
  CHECK(emulator_of(real).empty());
  link(tree, "self/exe", "/usr/bin/pulsebench");
  link(tree, "thread-self/exe", "/usr/bin/qemu-x86_64");
  const Machine emulated = fingerprint(tree.roots(), FakeKernel{});
  CHECK(emulator_of(emulated) == "qemu-x86_64");
  CHECK(emulated.key != real.key);
}
