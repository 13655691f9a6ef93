#include "pulsebench/machine/fingerprint.hpp"

#include <string>

#include <doctest/doctest.h>

#include "fake_kernel.hpp"
#include "fake_tree.hpp"

using namespace pulsebench;
using namespace pulsebench::machine;

namespace {

const char* kCpuInfo =
    "processor\t: 0\nvendor_id\t: GenuineIntel\ncpu family\t: 6\nmodel\t\t: 85\n"
    "model name\t: Intel(R) Xeon(R) Gold 6148 CPU @ 2.40GHz\nstepping\t: 4\n"
    "microcode\t: 0x2006d05\ncpu MHz\t\t: 2400.123\nflags\t\t: fpu vme sse2\n"
    "bogomips\t: 4800.00\n\nprocessor\t: 1\nmicrocode\t: 0xdead\n";

std::string fact(const NamedFacts& facts, const std::string& name) {
  for (const auto& [key, value] : facts) {
    if (key == name) return value;
  }
  return "(missing)";
}

void put_machine(const FakeTree& tree) {
  tree.put_cpus(4, 2);
  tree.put("proc/cpuinfo", kCpuInfo);
  tree.put("proc/meminfo", "MemTotal:       65612345 kB\nMemFree: 1 kB\n");
  tree.put("proc/sys/kernel/osrelease", "6.1.0-18-amd64\n");
  tree.put("proc/sys/kernel/hostname", "bench1\n");
  tree.put("sys/devices/system/node/online", "0-1\n");
  for (int cpu = 0; cpu < 4; ++cpu) {
    const std::string cache = "sys/devices/system/cpu/cpu" + std::to_string(cpu) + "/cache/index0/";
    tree.put(cache + "level", "1\n");
    tree.put(cache + "type", "Data\n");
    tree.put(cache + "size", "32K\n");
  }
  tree.put("sys/devices/system/cpu/vulnerabilities/meltdown", "Mitigation: PTI\n");
  tree.put("sys/devices/system/cpu/vulnerabilities/mds", "Not affected\n");
  tree.put("sys/devices/system/cpu/vulnerabilities/spectre_v2",
           "Mitigation: IBRS; IBPB: conditional, RSB filling\n");
}

}  // namespace

TEST_CASE("the hashed facts are those of the hardware, and the key is their SHA-256") {
  const FakeTree tree;
  put_machine(tree);
  const Machine machine = fingerprint(tree.roots(), FakeKernel{});
  CHECK(fact(machine.hashed, "cpu_model") == "Intel(R) Xeon(R) Gold 6148 CPU @ 2.40GHz");
  CHECK(fact(machine.hashed, "cpu_stepping") == "4");
  CHECK(fact(machine.hashed, "microcode") == "0x2006d05");
  CHECK(fact(machine.hashed, "topology") == "1 sockets, 2 cores, 4 threads");
  CHECK(fact(machine.hashed, "caches") == "L1 Data 32K");
  CHECK(fact(machine.hashed, "memory") == "64 GiB");
  CHECK(fact(machine.hashed, "numa_nodes") == "2");
  // printf 'pulsebench machine 1\ncpu_vendor=GenuineIntel\ncpu_model=Intel(R) Xeon(R) Gold 6148 CPU
  // @ 2.40GHz\ncpu_family=6\ncpu_model_number=85\ncpu_stepping=4\nmicrocode=0x2006d05\n
  // architecture=x86_64\ntopology=1 sockets, 2 cores, 4 threads\ncaches=L1 Data 32K\n
  // memory=64 GiB\nnuma_nodes=2\n' | sha256sum
  CHECK(machine.key == "ee32fe568e9ef5ab");
}

TEST_CASE("kernel, mitigations, libc and names are shown and not hashed") {
  const FakeTree tree;
  put_machine(tree);
  const Machine before = fingerprint(tree.roots(), FakeKernel{});
  CHECK(fact(before.shown, "kernel") == "6.1.0-18-amd64");
  CHECK(fact(before.shown, "libc") == "glibc 2.36");
  CHECK(fact(before.shown, "host_name") == "bench1");
  CHECK(fact(before.shown, "hardware_class") == "cpu_only");
  CHECK(fact(before.shown, "hypervisor") == "none seen");
  CHECK(fact(before.shown, "mitigations") ==
        "meltdown=Mitigation: PTI; spectre_v2=Mitigation: IBRS");
  tree.put("proc/sys/kernel/osrelease", "6.18.0\n");
  tree.put("proc/sys/kernel/hostname", "other\n");
  tree.put("sys/devices/system/cpu/vulnerabilities/meltdown", "Vulnerable\n");
  CHECK(fingerprint(tree.roots(), FakeKernel{}).key == before.key);
}

TEST_CASE("measured values do not change the key: clock rates, bogomips, a few MB of memory") {
  const FakeTree tree;
  put_machine(tree);
  const std::string key = fingerprint(tree.roots(), FakeKernel{}).key;
  std::string cpuinfo = kCpuInfo;
  cpuinfo.replace(cpuinfo.find("2400.123"), 8, "3611.999");
  cpuinfo.replace(cpuinfo.find("4800.00"), 7, "4801.37");
  tree.put("proc/cpuinfo", cpuinfo);
  tree.put("proc/meminfo", "MemTotal:       65003210 kB\n");
  CHECK(fingerprint(tree.roots(), FakeKernel{}).key == key);
}

TEST_CASE("offline SMT siblings do not change the key") {
  const FakeTree tree;
  put_machine(tree);
  const std::string key = fingerprint(tree.roots(), FakeKernel{}).key;
  // Values of Linux with CPUs 2 and 3 offline.
  tree.put("sys/devices/system/cpu/online", "0-1\n");
  tree.put("sys/devices/system/cpu/cpu0/topology/thread_siblings_list", "0\n");
  tree.put("sys/devices/system/cpu/cpu1/topology/thread_siblings_list", "1\n");
  for (const char* cpu : {"cpu2", "cpu3"}) {
    tree.remove(std::string{"sys/devices/system/cpu/"} + cpu + "/topology");
    tree.remove(std::string{"sys/devices/system/cpu/"} + cpu + "/cache");
  }
  CHECK(fingerprint(tree.roots(), FakeKernel{}).key == key);
}

TEST_CASE("another stepping, memory class or microcode changes the key") {
  const FakeTree tree;
  put_machine(tree);
  const std::string key = fingerprint(tree.roots(), FakeKernel{}).key;
  const auto changed = [&](const std::string& from, const std::string& to) {
    std::string cpuinfo = kCpuInfo;
    cpuinfo.replace(cpuinfo.find(from), from.size(), to);
    tree.put("proc/cpuinfo", cpuinfo);
    return fingerprint(tree.roots(), FakeKernel{}).key;
  };
  CHECK(changed("stepping\t: 4", "stepping\t: 7") != key);
  CHECK(changed("0x2006d05", "0x2006e05") != key);
  CHECK(changed("0x2006d05", "0x2006d05") == key);
  tree.put("proc/meminfo", "MemTotal:       131012345 kB\n");
  CHECK(fingerprint(tree.roots(), FakeKernel{}).key != key);
}

TEST_CASE("a guest's microcode is shown but not hashed, since it is the host's") {
  const FakeTree tree;
  put_machine(tree);
  FakeKernel kernel;
  kernel.signature = "KVMKVMKVM";
  const Machine machine = fingerprint(tree.roots(), kernel);
  CHECK(fact(machine.hashed, "microcode") == "hidden from a guest");
  CHECK(fact(machine.shown, "microcode_seen_by_guest") == "0x2006d05");
  CHECK(fact(machine.shown, "hypervisor") == "KVM (CPUID says KVMKVMKVM)");
}

TEST_CASE("memory classes are powers of two and half-way between") {
  const FakeTree tree;
  const auto memory = [&](const std::string& kib) {
    tree.put("proc/meminfo", "MemTotal: " + kib + " kB\n");
    return fact(fingerprint(tree.roots(), FakeKernel{}).hashed, "memory");
  };
  CHECK(memory("500000") == "1 GiB");
  CHECK(memory("1048576") == "1 GiB");
  CHECK(memory("1048577") == "2 GiB");
  CHECK(memory("3000000") == "3 GiB");
  CHECK(memory("24668184") == "24 GiB");
  CHECK(memory("32700000") == "32 GiB");
  CHECK(memory("49200000") == "48 GiB");
}

TEST_CASE("in a chroot without /proc and /sys each fact has a reason") {
  const FakeTree tree;
  const Machine machine = fingerprint(tree.roots(), FakeKernel{});
  CHECK(machine.key.size() == 16);
  for (const char* name : {"cpu_model", "microcode", "topology", "caches", "memory"}) {
    CAPTURE(name);
    CHECK(fact(machine.hashed, name).rfind("unknown: no ", 0) == 0);
  }
  CHECK(fact(machine.shown, "container").rfind("unknown", 0) == 0);
}

TEST_CASE("an arm64 cpuinfo has a vendor, a part and a revision") {
  const FakeTree tree;
  tree.put("proc/cpuinfo",
           "processor\t: 0\nBogoMIPS\t: 243.75\nCPU implementer\t: 0x41\n"
           "CPU architecture: 8\nCPU variant\t: 0x3\nCPU part\t: 0xd0c\nCPU revision\t: 1\n");
  const Machine machine = fingerprint(tree.roots(), FakeKernel{});
  CHECK(fact(machine.hashed, "cpu_vendor") == "0x41");
  CHECK(fact(machine.hashed, "cpu_model") == "0xd0c");
  CHECK(fact(machine.hashed, "cpu_stepping") == "1");
}

TEST_CASE("invalid pseudo files give unknown facts") {
  const FakeTree tree;
  tree.put("proc/cpuinfo", ":\n: :\nvendor_id\nmodel name :\x1b[31m\n");
  tree.put("proc/meminfo", "MemTotal: many\n");
  tree.put("sys/devices/system/cpu/present", "zero\n");
  tree.put("sys/devices/system/node/online", "\xff\n");
  const Machine machine = fingerprint(tree.roots(), FakeKernel{});
  CHECK(fact(machine.hashed, "memory").rfind("unknown", 0) == 0);
  CHECK(fact(machine.hashed, "topology").rfind("unknown", 0) == 0);
  CHECK(fact(machine.hashed, "cpu_model").find('\x1b') == std::string::npos);
}

TEST_CASE("this machine has the same key twice") {
  CHECK(fingerprint(Roots{}).key == fingerprint(Roots{}).key);
}
