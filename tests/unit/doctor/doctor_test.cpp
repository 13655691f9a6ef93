#include "pulsebench/doctor/doctor.hpp"

#include <algorithm>
#include <cerrno>
#include <set>

#include <doctest/doctest.h>

#include "fake_kernel.hpp"
#include "fake_tree.hpp"

using namespace pulsebench;
using namespace pulsebench::doctor;
using namespace std::chrono_literals;

namespace {

const machine::Placement kOnCpu1{{1}, {0}, "the last allowed CPU", ""};

/// A machine of one core a CPU with a kernel that watched it for 150 quiet milliseconds.
struct Patient {
  FakeTree tree;
  FakeKernel kernel;
  machine::Placement placement = kOnCpu1;

  Patient() {
    tree.put_cpus(2);
    kernel.gaps = {150ms, 100us, 20us, 30};
  }

  std::vector<Check> checks() { return examine(tree.roots(), placement, kernel); }

  Check check(const std::string& name) {
    for (const auto& check : checks()) {
      if (check.name == name) return check;
    }
    FAIL("no check called " << name);
    return {};
  }
};

}  // namespace

TEST_CASE("worst comes first, and what does not apply last") {
  Patient patient;
  patient.tree.put("sys/devices/system/cpu/cpu1/cpufreq/scaling_governor", "powersave\n");
  patient.tree.put("sys/kernel/mm/transparent_hugepage/enabled", "[always] madvise never\n");
  const auto checks = patient.checks();
  CHECK(checks.front().name == "governor");
  CHECK(checks.front().state == CheckState::bad);
  CHECK(checks.back().state == CheckState::not_applicable);
  CHECK(std::is_sorted(checks.begin(), checks.end(),
                       [](const auto& a, const auto& b) { return a.state < b.state; }));
}

TEST_CASE("every complaint has a consequence, every check something seen, every name is one") {
  for (const bool bare : {true, false}) {
    Patient patient;
    if (bare) patient.tree.remove("sys");
    patient.kernel.programs.clear();
    patient.kernel.counter_error = EACCES;
    patient.kernel.layout_error = EPERM;
    patient.kernel.gaps = {150ms, 80ms, 40ms, 4};
    std::set<std::string> names;
    for (const auto& check : patient.checks()) {
      CAPTURE(check.name);
      CHECK_FALSE(check.seen.empty());
      CHECK(names.insert(check.name).second);
      const bool complaint = check.state == CheckState::bad || check.state == CheckState::warning;
      CHECK(complaint == !check.consequence.empty());
      if (!complaint) CHECK(check.fix.empty());
    }
  }
}

TEST_CASE("a VM without cpufreq has no bad governor, but none to judge") {
  Patient patient;
  for (const char* name : {"governor", "energy_preference", "boost"}) {
    CHECK(patient.check(name).state == CheckState::not_applicable);
  }
}

TEST_CASE("the governor, the energy preference and boost are judged with the command that mends") {
  Patient patient;
  const std::string cpufreq = "sys/devices/system/cpu/cpu1/cpufreq/";
  patient.tree.put(cpufreq + "scaling_governor", "schedutil\n");
  patient.tree.put(cpufreq + "energy_performance_preference", "balance_power\n");
  patient.tree.put("sys/devices/system/cpu/intel_pstate/no_turbo", "0\n");
  CHECK(patient.check("governor").state == CheckState::bad);
  CHECK(patient.check("governor").fix.find("scaling_governor") != std::string::npos);
  CHECK(patient.check("energy_preference").state == CheckState::warning);
  CHECK(patient.check("boost").fix ==
        "echo 1 | sudo tee /sys/devices/system/cpu/intel_pstate/no_turbo");
  patient.tree.put(cpufreq + "scaling_governor", "performance\n");
  patient.tree.put("sys/devices/system/cpu/intel_pstate/no_turbo", "1\n");
  CHECK(patient.check("governor").state == CheckState::ok);
  CHECK(patient.check("boost").state == CheckState::ok);
}

TEST_CASE("counters are judged by opening one: each errno has its way out") {
  Patient patient;
  CHECK(patient.check("pmu").state == CheckState::ok);
  patient.kernel.counter_error = ENOENT;
  CHECK(patient.check("pmu").state == CheckState::not_applicable);
  patient.kernel.signature = "KVMKVMKVM";
  CHECK(patient.check("pmu").seen.find("--instructions") != std::string::npos);
  patient.kernel.counter_error = EACCES;
  patient.tree.put("proc/sys/kernel/perf_event_paranoid", "4\n");
  CHECK(patient.check("pmu").seen == "forbidden by perf_event_paranoid=4");
  CHECK(patient.check("perf_event_paranoid").state == CheckState::warning);
  patient.kernel.counter_error = EPERM;
  CHECK(patient.check("pmu").seen.find("seccomp") != std::string::npos);
}

TEST_CASE("pinning that is refused is bad; it leaves the affinity as it was") {
  Patient patient;
  CHECK(patient.check("pinning").state == CheckState::ok);
  CHECK(patient.kernel.current == machine::CpuList{0, 1, 2, 3});
  patient.kernel.affinity_error = EPERM;
  CHECK(patient.check("pinning").state == CheckState::bad);
}

TEST_CASE("a shared CPU for pulsebench and the benchmark is bad") {
  Patient patient;
  patient.placement = {{1}, {1}, "the last allowed CPU", "one CPU only"};
  CHECK(patient.check("own_cpu").state == CheckState::bad);
}

TEST_CASE("an online SMT sibling is named with the command that takes it offline") {
  Patient patient;
  patient.tree.put_cpus(4, 2);
  const auto check = patient.check("smt_sibling");
  CHECK(check.state == CheckState::warning);
  CHECK(check.seen == "CPU 3 is online");
  CHECK(check.fix == "echo 0 | sudo tee /sys/devices/system/cpu/cpu3/online");
}

TEST_CASE("isolation is fine only where every measuring CPU is isolated") {
  Patient patient;
  CHECK(patient.check("isolation").state == CheckState::warning);
  CHECK(patient.check("isolation").fix ==
        "kernel command line: isolcpus=1 nohz_full=1 rcu_nocbs=1");
  patient.tree.put("sys/devices/system/cpu/isolated", "1\n");
  CHECK(patient.check("isolation").state == CheckState::ok);
}

TEST_CASE("load is fine below a half, bad from the number of CPUs on") {
  Patient patient;
  const auto state = [&](const char* load) {
    patient.tree.put("proc/loadavg", std::string{load} + " 0.00 0.00 1/99 1\n");
    return patient.check("load").state;
  };
  CHECK(state("0.49") == CheckState::ok);
  CHECK(state("0.50") == CheckState::warning);
  CHECK(state("1.99") == CheckState::warning);
  CHECK(state("2.00") == CheckState::bad);
}

TEST_CASE("processes that run during the watch are named, whatever their name holds") {
  Patient patient;
  const auto stat = [](int pid, const char* name, int user) {
    return fmt::format("{} ({}) R 1 1 1 0 -1 0 0 0 0 0 {} 0 0 0 20 0 1 0", pid, name, user);
  };
  patient.tree.put("proc/900001/stat", stat(900001, "hog) R 1 (x", 100));
  patient.tree.put("proc/900002/stat", stat(900002, "idle", 100));
  patient.kernel.meanwhile = [&] {
    patient.tree.put("proc/900001/stat", stat(900001, "hog) R 1 (x", 115));
    patient.tree.put("proc/900002/stat", stat(900002, "idle", 101));
  };
  const auto check = patient.check("busy_processes");
  CHECK(check.state == CheckState::warning);
  CHECK(check.seen == "hog) R 1 (x (pid 900001, 100 %)");
  CHECK(check.fix == "sudo taskset -apc 0 900001");
}

TEST_CASE("a CPU that is taken away is measured, not assumed") {
  Patient patient;
  CHECK(patient.check("quiet_cpu").state == CheckState::ok);
  patient.kernel.gaps = {150ms, 3ms, 1ms, 7};
  const auto some = patient.check("quiet_cpu");
  CHECK(some.state == CheckState::warning);
  CHECK(some.seen == "CPU 1 was taken away 3.0 ms of 150 ms (2.0 %), 7 times, longest 1.00 ms");
  patient.kernel.gaps = {150ms, 75ms, 4ms, 20};
  CHECK(patient.check("quiet_cpu").state == CheckState::bad);
}

TEST_CASE("interrupts are counted on the measuring CPU alone") {
  Patient patient;
  patient.tree.put("proc/interrupts",
                   "           CPU0       CPU1       \n 24:    10    5   PCI  eth0\n"
                   " 25:    0    0   PCI  disk\nLOC:   99   99  Local timer\n");
  patient.kernel.meanwhile = [&] {
    patient.tree.put("proc/interrupts",
                     "           CPU0       CPU1       \n 24:    9999    8   PCI  eth0\n"
                     " 25:    0    30   PCI  disk\nLOC:   99   999  Local timer\n");
  };
  const auto check = patient.check("interrupts");
  CHECK(check.state == CheckState::warning);
  CHECK(check.seen == "33 from devices while watching, most from IRQ 25");
  CHECK(check.fix == "echo 0 | sudo tee /proc/irq/25/smp_affinity_list");
}

TEST_CASE("steal is judged in a guest only") {
  Patient patient;
  patient.tree.put("proc/stat", "cpu1 100 0 0 100 0 0 0 0 0 0\n");
  patient.kernel.meanwhile = [&] {
    patient.tree.put("proc/stat", "cpu1 110 0 0 100 0 0 0 5 0 0\n");
  };
  CHECK(patient.check("steal").state == CheckState::not_applicable);
  patient.tree.put("proc/stat", "cpu1 100 0 0 100 0 0 0 0 0 0\n");
  patient.kernel.signature = "KVMKVMKVM";
  const auto check = patient.check("steal");
  CHECK(check.state == CheckState::bad);
  CHECK(check.seen == "33.3 % now");
}

TEST_CASE("a CPU quota is bad, because the kernel stops the benchmark when it is used up") {
  Patient patient;
  patient.tree.put("proc/self/mounts", "cgroup2 /sys/fs/cgroup cgroup2 rw 0 0\n");
  patient.tree.put("proc/self/cgroup", "0::/job\n");
  CHECK(patient.check("cgroup_quota").state == CheckState::ok);
  patient.tree.put("sys/fs/cgroup/job/cpu.max", "50000 100000\n");
  CHECK(patient.check("cgroup_quota").state == CheckState::bad);
  CHECK(patient.check("cgroup_quota").seen == "0.50 CPUs");
}

TEST_CASE("a slow clock source is bad, a paravirtual one a warning, tsc fine") {
  Patient patient;
  const std::string folder = "sys/devices/system/clocksource/clocksource0/";
  const auto with = [&](const char* source) {
    patient.tree.put(folder + "current_clocksource", std::string{source} + "\n");
    return patient.check("clocksource");
  };
  patient.tree.put(folder + "available_clocksource", "kvm-clock tsc acpi_pm \n");
  CHECK(with("tsc").state == CheckState::ok);
  CHECK(with("kvm-clock").state == CheckState::warning);
  CHECK(with("kvm-clock").fix.find("echo tsc") == 0);
  CHECK(with("hpet").state == CheckState::bad);
  patient.tree.put(folder + "available_clocksource", "hpet acpi_pm \n");
  CHECK(with("hpet").fix.empty());
}

TEST_CASE("memory settings that move a result are warnings") {
  Patient patient;
  patient.tree.put("sys/kernel/mm/transparent_hugepage/enabled", "[always] madvise never\n");
  patient.tree.put("proc/swaps", "Filename Type Size Used Priority\n/dev/vdb partition 9 0 -2\n");
  patient.tree.put("sys/kernel/mm/ksm/run", "1\n");
  patient.tree.put("proc/sys/kernel/numa_balancing", "1\n");
  CHECK(patient.check("huge_pages").state == CheckState::warning);
  CHECK(patient.check("swap").state == CheckState::warning);
  CHECK(patient.check("page_merging").state == CheckState::warning);
  CHECK(patient.check("numa_balancing").state == CheckState::not_applicable);
  patient.tree.put("sys/devices/system/node/online", "0-1\n");
  CHECK(patient.check("numa_balancing").state == CheckState::warning);
}

TEST_CASE("mains power is judged where there is an adapter") {
  Patient patient;
  CHECK(patient.check("mains_power").state == CheckState::not_applicable);
  patient.tree.put("sys/class/power_supply/AC/type", "Mains\n");
  patient.tree.put("sys/class/power_supply/AC/online", "0\n");
  CHECK(patient.check("mains_power").state == CheckState::bad);
  patient.tree.put("sys/class/power_supply/AC/online", "1\n");
  CHECK(patient.check("mains_power").state == CheckState::ok);
}

TEST_CASE("a missing program is a warning with the package that has it") {
  Patient patient;
  CHECK(patient.check("valgrind").state == CheckState::ok);
  patient.kernel.programs.clear();
  CHECK(patient.check("valgrind").fix == "sudo apt-get install valgrind");
  CHECK(patient.check("perf").fix == "sudo apt-get install linux-perf");
}

TEST_CASE("this machine can be examined, and keeps its affinity") {
  const machine::CpuList before = machine::this_kernel().affinity().value();
  const auto checks = examine(machine::Roots{}, machine::place(std::nullopt).value());
  CHECK(checks.size() >= 25);
  CHECK(machine::this_kernel().affinity().value() == before);
}
