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

/// A machine with one CPU per core, quiet during 150 ms of observation.
struct ExaminedMachine {
  FakeTree tree;
  FakeKernel kernel;
  machine::Placement placement = kOnCpu1;

  ExaminedMachine() {
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

TEST_CASE("the worst check is first, those that do not apply are last") {
  ExaminedMachine subject;
  subject.tree.put("sys/devices/system/cpu/cpu1/cpufreq/scaling_governor", "powersave\n");
  subject.tree.put("sys/kernel/mm/transparent_hugepage/enabled", "[always] madvise never\n");
  const auto checks = subject.checks();
  CHECK(checks.front().name == "governor");
  CHECK(checks.front().state == CheckState::bad);
  CHECK(checks.back().state == CheckState::not_applicable);
  CHECK(std::is_sorted(checks.begin(), checks.end(),
                       [](const auto& a, const auto& b) { return a.state < b.state; }));
}

TEST_CASE("every problem has a consequence, every check an observation, every name is unique") {
  for (const bool bare : {true, false}) {
    ExaminedMachine subject;
    if (bare) subject.tree.remove("sys");
    subject.kernel.programs.clear();
    subject.kernel.counter_error = EACCES;
    subject.kernel.layout_error = EPERM;
    subject.kernel.gaps = {150ms, 80ms, 40ms, 4};
    std::set<std::string> names;
    for (const auto& check : subject.checks()) {
      CAPTURE(check.name);
      CHECK_FALSE(check.seen.empty());
      CHECK(names.insert(check.name).second);
      const bool complaint = check.state == CheckState::bad || check.state == CheckState::warning;
      CHECK(complaint == !check.consequence.empty());
      if (!complaint) CHECK(check.fix.empty());
    }
  }
}

TEST_CASE("the governor of a VM without cpufreq is not applicable") {
  ExaminedMachine subject;
  for (const char* name : {"governor", "energy_preference", "boost"}) {
    CHECK(subject.check(name).state == CheckState::not_applicable);
  }
}

TEST_CASE("the governor, the energy preference and boost have the command that fixes them") {
  ExaminedMachine subject;
  const std::string cpufreq = "sys/devices/system/cpu/cpu1/cpufreq/";
  subject.tree.put(cpufreq + "scaling_governor", "schedutil\n");
  subject.tree.put(cpufreq + "energy_performance_preference", "balance_power\n");
  subject.tree.put("sys/devices/system/cpu/intel_pstate/no_turbo", "0\n");
  CHECK(subject.check("governor").state == CheckState::bad);
  CHECK(subject.check("governor").fix.find("scaling_governor") != std::string::npos);
  CHECK(subject.check("energy_preference").state == CheckState::warning);
  CHECK(subject.check("boost").fix ==
        "echo 1 | sudo tee /sys/devices/system/cpu/intel_pstate/no_turbo");
  subject.tree.put(cpufreq + "scaling_governor", "performance\n");
  subject.tree.put("sys/devices/system/cpu/intel_pstate/no_turbo", "1\n");
  CHECK(subject.check("governor").state == CheckState::ok);
  CHECK(subject.check("boost").state == CheckState::ok);
}

TEST_CASE("counters are checked by opening one: each errno has its way out") {
  ExaminedMachine subject;
  CHECK(subject.check("pmu").state == CheckState::ok);
  subject.kernel.counter_error = ENOENT;
  CHECK(subject.check("pmu").state == CheckState::not_applicable);
  subject.kernel.signature = "KVMKVMKVM";
  CHECK(subject.check("pmu").seen.find("--instructions") != std::string::npos);
  subject.kernel.counter_error = EACCES;
  subject.tree.put("proc/sys/kernel/perf_event_paranoid", "4\n");
  CHECK(subject.check("pmu").seen == "forbidden by perf_event_paranoid=4");
  CHECK(subject.check("perf_event_paranoid").state == CheckState::warning);
  subject.kernel.counter_error = EPERM;
  CHECK(subject.check("pmu").seen.find("seccomp") != std::string::npos);
}

TEST_CASE("refused pinning is bad, and the affinity is restored") {
  ExaminedMachine subject;
  CHECK(subject.check("pinning").state == CheckState::ok);
  CHECK(subject.kernel.current == machine::CpuList{0, 1, 2, 3});
  subject.kernel.affinity_error = EPERM;
  CHECK(subject.check("pinning").state == CheckState::bad);
}

TEST_CASE("a shared CPU for pulsebench and the benchmark is bad") {
  ExaminedMachine subject;
  subject.placement = {{1}, {1}, "the last allowed CPU", "one CPU only"};
  CHECK(subject.check("own_cpu").state == CheckState::bad);
}

TEST_CASE("an online SMT sibling has the command that takes it offline") {
  ExaminedMachine subject;
  subject.tree.put_cpus(4, 2);
  const auto check = subject.check("smt_sibling");
  CHECK(check.state == CheckState::warning);
  CHECK(check.seen == "CPU 3 is online");
  CHECK(check.fix == "echo 0 | sudo tee /sys/devices/system/cpu/cpu3/online");
}

TEST_CASE("isolation is ok only if every measuring CPU is isolated") {
  ExaminedMachine subject;
  CHECK(subject.check("isolation").state == CheckState::warning);
  CHECK(subject.check("isolation").fix ==
        "kernel command line: isolcpus=1 nohz_full=1 rcu_nocbs=1");
  subject.tree.put("sys/devices/system/cpu/isolated", "1\n");
  CHECK(subject.check("isolation").state == CheckState::ok);
}

TEST_CASE("load is ok below 0.5, and bad from the number of CPUs on") {
  ExaminedMachine subject;
  const auto state = [&](const char* load) {
    subject.tree.put("proc/loadavg", std::string{load} + " 0.00 0.00 1/99 1\n");
    return subject.check("load").state;
  };
  CHECK(state("0.49") == CheckState::ok);
  CHECK(state("0.50") == CheckState::warning);
  CHECK(state("1.99") == CheckState::warning);
  CHECK(state("2.00") == CheckState::bad);
}

TEST_CASE("processes that run during the observation are listed, with any name") {
  ExaminedMachine subject;
  const auto stat = [](int pid, const char* name, int user) {
    return fmt::format("{} ({}) R 1 1 1 0 -1 0 0 0 0 0 {} 0 0 0 20 0 1 0", pid, name, user);
  };
  subject.tree.put("proc/900001/stat", stat(900001, "hog) R 1 (x", 100));
  subject.tree.put("proc/900002/stat", stat(900002, "idle", 100));
  subject.kernel.meanwhile = [&] {
    subject.tree.put("proc/900001/stat", stat(900001, "hog) R 1 (x", 115));
    subject.tree.put("proc/900002/stat", stat(900002, "idle", 101));
  };
  const auto check = subject.check("busy_processes");
  CHECK(check.state == CheckState::warning);
  CHECK(check.seen == "hog) R 1 (x (pid 900001, 100 %)");
  CHECK(check.fix == "sudo taskset -apc 0 900001");
}

TEST_CASE("the time that a CPU is busy with other work is measured") {
  ExaminedMachine subject;
  CHECK(subject.check("quiet_cpu").state == CheckState::ok);
  subject.kernel.gaps = {150ms, 3ms, 1ms, 7};
  const auto some = subject.check("quiet_cpu");
  CHECK(some.state == CheckState::warning);
  CHECK(some.seen ==
        "CPU 1 was busy with other work for 3.0 of 150 ms (2.0 %), 7 times, at most 1.00 ms");
  subject.kernel.gaps = {150ms, 75ms, 4ms, 20};
  CHECK(subject.check("quiet_cpu").state == CheckState::bad);
}

TEST_CASE("without /proc no process and no interrupt is seen, and neither check passes") {
  ExaminedMachine subject;
  subject.tree.remove("proc");
  for (const char* name : {"busy_processes", "interrupts"}) {
    CAPTURE(name);
    CHECK(subject.check(name).state == CheckState::not_applicable);
    CHECK(subject.check(name).seen.find("/proc/") != std::string::npos);
  }
}

TEST_CASE("interrupts are counted on the measuring CPU alone") {
  ExaminedMachine subject;
  subject.tree.put("proc/interrupts",
                   "           CPU0       CPU1       \n 24:    10    5   PCI  eth0\n"
                   " 25:    0    0   PCI  disk\nLOC:   99   99  Local timer\n");
  subject.kernel.meanwhile = [&] {
    subject.tree.put("proc/interrupts",
                     "           CPU0       CPU1       \n 24:    9999    8   PCI  eth0\n"
                     " 25:    0    30   PCI  disk\nLOC:   99   999  Local timer\n");
  };
  const auto check = subject.check("interrupts");
  CHECK(check.state == CheckState::warning);
  CHECK(check.seen == "33 from devices while watching, most from IRQ 25");
  CHECK(check.fix == "echo 0 | sudo tee /proc/irq/25/smp_affinity_list");
}

TEST_CASE("steal is checked in a guest only") {
  ExaminedMachine subject;
  subject.tree.put("proc/stat", "cpu1 100 0 0 100 0 0 0 0 0 0\n");
  subject.kernel.meanwhile = [&] {
    subject.tree.put("proc/stat", "cpu1 110 0 0 100 0 0 0 5 0 0\n");
  };
  CHECK(subject.check("steal").state == CheckState::not_applicable);
  subject.tree.put("proc/stat", "cpu1 100 0 0 100 0 0 0 0 0 0\n");
  subject.kernel.signature = "KVMKVMKVM";
  const auto check = subject.check("steal");
  CHECK(check.state == CheckState::bad);
  CHECK(check.seen == "33.3 % now");
}

TEST_CASE("a CPU quota is bad") {
  ExaminedMachine subject;
  subject.tree.put("proc/self/mounts", "cgroup2 /sys/fs/cgroup cgroup2 rw 0 0\n");
  subject.tree.put("proc/self/cgroup", "0::/job\n");
  CHECK(subject.check("cgroup_quota").state == CheckState::ok);
  subject.tree.put("sys/fs/cgroup/job/cpu.max", "50000 100000\n");
  CHECK(subject.check("cgroup_quota").state == CheckState::bad);
  CHECK(subject.check("cgroup_quota").seen == "0.50 CPUs");
}

TEST_CASE("a slow clock source is bad, a paravirtual one a warning, tsc ok") {
  ExaminedMachine subject;
  const std::string folder = "sys/devices/system/clocksource/clocksource0/";
  const auto with = [&](const char* source) {
    subject.tree.put(folder + "current_clocksource", std::string{source} + "\n");
    return subject.check("clocksource");
  };
  subject.tree.put(folder + "available_clocksource", "kvm-clock tsc acpi_pm \n");
  CHECK(with("tsc").state == CheckState::ok);
  CHECK(with("kvm-clock").state == CheckState::warning);
  CHECK(with("kvm-clock").fix.find("echo tsc") == 0);
  CHECK(with("hpet").state == CheckState::bad);
  subject.tree.put(folder + "available_clocksource", "hpet acpi_pm \n");
  CHECK(with("hpet").fix.empty());
}

TEST_CASE("memory settings that change results are warnings") {
  ExaminedMachine subject;
  subject.tree.put("sys/kernel/mm/transparent_hugepage/enabled", "[always] madvise never\n");
  subject.tree.put("proc/swaps", "Filename Type Size Used Priority\n/dev/vdb partition 9 0 -2\n");
  subject.tree.put("sys/kernel/mm/ksm/run", "1\n");
  subject.tree.put("proc/sys/kernel/numa_balancing", "1\n");
  CHECK(subject.check("huge_pages").state == CheckState::warning);
  CHECK(subject.check("swap").state == CheckState::warning);
  CHECK(subject.check("page_merging").state == CheckState::warning);
  CHECK(subject.check("numa_balancing").state == CheckState::not_applicable);
  subject.tree.put("sys/devices/system/node/online", "0-1\n");
  CHECK(subject.check("numa_balancing").state == CheckState::warning);
}

TEST_CASE("a setting that cannot be read is not called absent") {
  ExaminedMachine subject;
  // A folder in its place can be opened and not read: EISDIR.
  subject.tree.put("proc/sys/kernel/nmi_watchdog/inside", "");
  subject.tree.put("sys/class/power_supply/AC/type", "Mains\n");
  subject.tree.put("sys/class/power_supply/AC/online/inside", "");
  for (const char* name : {"nmi_watchdog", "mains_power"}) {
    CAPTURE(name);
    CHECK(subject.check(name).state == CheckState::not_applicable);
    CHECK(subject.check(name).seen.find("cannot read ") == 0);
  }
}

TEST_CASE("mains power is checked if there is an adapter") {
  ExaminedMachine subject;
  CHECK(subject.check("mains_power").state == CheckState::not_applicable);
  subject.tree.put("sys/class/power_supply/AC/type", "Mains\n");
  subject.tree.put("sys/class/power_supply/AC/online", "0\n");
  CHECK(subject.check("mains_power").state == CheckState::bad);
  subject.tree.put("sys/class/power_supply/AC/online", "1\n");
  CHECK(subject.check("mains_power").state == CheckState::ok);
}

TEST_CASE("a missing program or library is a warning with its package") {
  ExaminedMachine subject;
  for (const char* name : {"valgrind", "libdw"}) CHECK(subject.check(name).state == CheckState::ok);
  for (auto* installed : {&subject.kernel.programs, &subject.kernel.libraries}) installed->clear();
  CHECK(subject.check("valgrind").fix == "sudo apt-get install valgrind");
  CHECK(subject.check("objdump").fix == "sudo apt-get install binutils");
  CHECK(subject.check("llvm-mca").fix == "sudo apt-get install llvm");
  CHECK(subject.check("heaptrack").fix == "sudo apt-get install heaptrack");
  CHECK(subject.check("libdw").fix == "sudo apt-get install libdw1");
}
