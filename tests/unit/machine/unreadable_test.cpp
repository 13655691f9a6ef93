#include <filesystem>

#include <doctest/doctest.h>

#include "fake_kernel.hpp"
#include "fake_tree.hpp"
#include "pulsebench/machine/cgroup_quota.hpp"
#include "pulsebench/machine/fingerprint.hpp"
#include "pulsebench/machine/state.hpp"
#include "pulsebench/machine/virtualisation.hpp"

// What cannot be read is unknown, never absent. A folder stands for a file that cannot be read: the
// error is EISDIR, also for root.

using namespace pulsebench;
using namespace pulsebench::machine;

namespace {

constexpr const char* kUnreadable = "Is a directory";

void put_unreadable(const FakeTree& tree, const char* file) {
  tree.remove(file);
  std::filesystem::create_directories(tree.top() / file);
}

std::string reason_of(const FakeTree& tree, const std::string& name) {
  FakeKernel kernel;
  for (const auto& fact : StateRecorder{tree.roots(), {{1}, {0}, "", ""}, kernel}.finish()) {
    if (fact.name == name) return fact.reason;
  }
  return "no such fact";
}

std::string fact_of(const FakeTree& tree, const std::string& name) {
  const Machine machine = fingerprint(tree.roots(), FakeKernel{});
  for (const auto* facts : {&machine.hashed, &machine.shown}) {
    for (const auto& [known, value] : *facts) {
      if (known == name) return value;
    }
  }
  return "no such fact";
}

void check_unknown(const std::string& text) {
  CAPTURE(text);
  CHECK(text.find(kUnreadable) != std::string::npos);
}

}  // namespace

TEST_CASE("a limit that cannot be read is not \"none\"") {
  const FakeTree tree;
  tree.put("proc/self/cgroup", "0::/job\n");
  put_unreadable(tree, "proc/self/mounts");
  check_unknown(reason_of(tree, "cgroup_cpu_quota"));
  tree.remove("proc/self/mounts");
  tree.put("proc/self/mounts", "cgroup2 /sys/fs/cgroup cgroup2 rw 0 0\n");
  put_unreadable(tree, "sys/fs/cgroup/cpu.max");
  check_unknown(reason_of(tree, "cgroup_cpu_quota"));
}

TEST_CASE("a state of the machine that cannot be read has that as its reason") {
  const FakeTree tree;
  tree.put_cpus(4, 2);
  const auto check = [&](const char* file, const char* fact) {
    CAPTURE(file);
    put_unreadable(tree, file);
    check_unknown(reason_of(tree, fact));
  };
  check("sys/devices/system/cpu/cpu1/topology/thread_siblings_list", "smt_sibling");
  check("sys/devices/system/cpu/cpu1/topology/thread_siblings_list", "smt_sibling_busy_percent");
  check("sys/devices/system/cpu/cpu1/thermal_throttle/core_throttle_count", "throttle_count");
  check("proc/stat", "steal_percent");
  check("proc/pressure/cpu", "psi_cpu_stalled_percent");
  check("sys/devices/system/cpu/cpufreq/policy1/boost", "boost");
  tree.put("sys/class/hwmon/hwmon0/name", "coretemp\n");
  check("sys/class/hwmon/hwmon0/temp1_input", "temperature_celsius");
}

TEST_CASE("a fact of the machine that cannot be read is unknown, and not less") {
  const FakeTree tree;
  tree.put_cpus(4, 2);
  tree.put("sys/devices/system/cpu/vulnerabilities/meltdown", "Not affected\n");
  tree.put("sys/devices/system/cpu/cpu0/cache/index0/level", "1\n");
  tree.put("sys/devices/system/cpu/cpu0/cache/index0/type", "Data\n");
  tree.put("sys/devices/system/cpu/cpu0/cache/index0/size", "48K\n");
  CHECK(fact_of(tree, "caches") == "L1 Data 48K");
  CHECK(fact_of(tree, "hypervisor") == "none seen");
  const auto check = [&](const char* file, const char* fact) {
    CAPTURE(file);
    put_unreadable(tree, file);
    check_unknown(fact_of(tree, fact));
  };
  check("sys/devices/system/cpu/cpu0/topology/thread_siblings_list", "topology");
  check("sys/devices/system/cpu/cpu0/cache/index0/size", "caches");
  check("sys/devices/system/cpu/vulnerabilities/spectre_v1", "mitigations");
  check("sys/class/dmi/id/sys_vendor", "hypervisor");
  std::filesystem::create_directories(tree.top() / "proc/self/ns");
  std::filesystem::create_symlink("ipc:[4026531839]", tree.top() / "proc/self/ns/ipc");
  CHECK(fact_of(tree, "container") == "none seen");
  check("run/systemd/container", "container");
}

TEST_CASE("a CPU is not said to be alone on its core where the kernel does not say so") {
  const FakeTree tree;
  tree.put_cpus(2);
  CHECK(place(tree.roots(), {0, 1}, std::nullopt).value().why ==
        "the last allowed CPU that shares its core with no other");
  put_unreadable(tree, "sys/devices/system/cpu/cpu0/topology/thread_siblings_list");
  put_unreadable(tree, "sys/devices/system/cpu/cpu1/topology/thread_siblings_list");
  CHECK(place(tree.roots(), {0, 1}, std::nullopt).value().why == "the last allowed CPU");
  put_unreadable(tree, "sys/devices/system/cpu/isolated");
  check_unknown(place(tree.roots(), {0, 1}, std::nullopt).error().message);
}
