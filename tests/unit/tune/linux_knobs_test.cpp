#include <algorithm>

#include <doctest/doctest.h>

#include "fake_settings.hpp"
#include "pulsebench/tune/knob.hpp"

using namespace pulsebench;
using namespace pulsebench::tune;

namespace {

const std::string kCpus = "/sys/devices/system/cpu/";
const machine::Placement kOnCpu3{{3}, {0, 2}, "", ""};

/// Four CPUs, cores {0,2} and {1,3}.
FakeSettings four_cpus() {
  FakeSettings io;
  for (const int cpu : {0, 1, 2, 3}) {
    const std::string folder = kCpus + "cpu" + std::to_string(cpu) + '/';
    io.files[folder + "topology/thread_siblings_list"] = cpu % 2 == 0 ? "0,2\n" : "1,3\n";
    if (cpu != 0) io.files[folder + "online"] = "1\n";
    const std::string policy = kCpus + "cpufreq/policy" + std::to_string(cpu) + '/';
    io.files[policy + "related_cpus"] = std::to_string(cpu) + "\n";
    io.files[policy + "scaling_governor"] = "powersave\n";
    io.files[policy + "scaling_available_governors"] = "performance powersave\n";
    io.files[policy + "scaling_min_freq"] = "800000\n";
    io.files[policy + "scaling_max_freq"] = "3500000\n";
  }
  return io;
}

Knob knob(const SysIo& io, const std::string& name, const machine::Placement& placement = kOnCpu3) {
  for (auto& knob : linux_knobs(io, placement)) {
    if (knob.name == name) return knob;
  }
  FAIL("no knob called " << name);
  return {};
}

}  // namespace

TEST_CASE("a machine without any setting has no steps and a reason for each knob") {
  const FakeSettings io;
  for (const auto& knob : linux_knobs(io, kOnCpu3)) {
    CAPTURE(knob.name);
    CHECK(knob.steps.empty());
    CHECK_FALSE(knob.absent_because.empty());
    CHECK_FALSE(knob.requested.empty());
  }
}

TEST_CASE("only the measuring CPU's frequency policy is set") {
  const auto steps = knob(four_cpus(), "governor").steps;
  REQUIRE(steps.size() == 1);
  CHECK(steps[0].path == kCpus + "cpufreq/policy3/scaling_governor");
}

TEST_CASE("a driver without the performance governor has no governor knob") {
  auto io = four_cpus();
  io.files[kCpus + "cpufreq/policy3/scaling_available_governors"] = "powersave\n";
  CHECK(knob(io, "governor").steps.empty());
  CHECK(knob(io, "governor").absent_because == "this cpufreq driver has no performance governor");
}

TEST_CASE("the governor comes before boost, and the sibling goes offline last") {
  const auto knobs = linux_knobs(four_cpus(), kOnCpu3);
  const auto at = [&](const char* name) {
    return std::find_if(knobs.begin(), knobs.end(), [&](auto& k) { return k.name == name; }) -
           knobs.begin();
  };
  CHECK(at("governor") < at("boost"));
  CHECK(at("boost") < at("minimum_frequency"));
  CHECK(knobs.back().name == "smt_sibling");
}

TEST_CASE("boost uses the switch of the driver") {
  auto io = four_cpus();
  io.files[kCpus + "cpufreq/policy3/boost"] = "1\n";
  CHECK(knob(io, "boost").steps.at(0).path == kCpus + "cpufreq/policy3/boost");
  io.files[kCpus + "cpufreq/boost"] = "1\n";
  CHECK(knob(io, "boost").steps.at(0).wanted == "0");
  io.files[kCpus + "intel_pstate/no_turbo"] = "0\n";
  CHECK(knob(io, "boost").steps.at(0).wanted == "1");
  CHECK(shown_as(knob(io, "boost"), {"0\n"}) == "on");
}

TEST_CASE("interrupts are moved from the measuring core, in the kernel's notation") {
  auto io = four_cpus();
  io.files["/proc/irq/24/smp_affinity_list"] = "0-3\n";
  io.files["/proc/irq/25/smp_affinity_list"] = "3\n";
  io.files["/proc/irq/26/smp_affinity_list"] = "0\n";
  io.files["/proc/irq/default_smp_affinity"] = "f\n";
  const auto steps = knob(io, "irq_affinity").steps;
  REQUIRE(steps.size() == 2);
  CHECK(steps[0].path == "/proc/irq/24/smp_affinity_list");
  CHECK(steps[0].wanted == "0,2");
  CHECK(steps[1].wanted == "0,2");
  const auto two = knob(io, "irq_affinity", {{3}, {0, 1, 2}, "", ""}).steps;
  CHECK(two[0].wanted == "0-2");
}

TEST_CASE("the kernel's work is moved from the measuring core, in the mask's format") {
  auto io = four_cpus();
  const std::string mask = "/sys/devices/virtual/workqueue/cpumask";
  io.files[mask] = "f\n";
  CHECK(knob(io, "workqueue_cpus").steps.at(0).wanted == "5");
  io.files[mask] = "ffffffff,0000000f\n";
  CHECK(knob(io, "workqueue_cpus").steps.at(0).wanted == "ffffffff,00000005");
  io.files[mask] = "8\n";
  CHECK(knob(io, "workqueue_cpus").steps.empty());
}

TEST_CASE("a sibling that pulsebench needs, or that cannot go offline, stays online") {
  auto io = four_cpus();
  CHECK(knob(io, "smt_sibling").steps.at(0).path == kCpus + "cpu1/online");
  CHECK(knob(io, "smt_sibling", {{3}, {1}, "", ""}).steps.empty());
  CHECK(knob(io, "smt_sibling", {{2}, {1, 3}, "", ""}).absent_because ==
        "CPU 0 cannot be taken offline");
  io.files["/proc/self/mounts"] = "cgroup /sys/fs/cgroup/cpuset cgroup rw,relatime,cpuset 0 0\n";
  CHECK(knob(io, "smt_sibling").steps.empty());
}

namespace {

FakeSettings with_groups(const std::string& controllers, const std::string& delegated) {
  auto io = four_cpus();
  io.files["/proc/self/mounts"] = "cgroup2 /sys/fs/cgroup/unified cgroup2 rw,relatime 0 0\n";
  io.files["/sys/fs/cgroup/unified/cgroup.controllers"] = controllers + '\n';
  io.files["/sys/fs/cgroup/unified/cgroup.subtree_control"] = delegated + '\n';
  return io;
}

}  // namespace

TEST_CASE("a partition is a group below the mount, with the measuring CPUs, isolated") {
  const auto steps = knob(with_groups("cpuset cpu", "cpu"), kPartition).steps;
  REQUIRE(steps.size() == 4);
  const std::string mount = "/sys/fs/cgroup/unified/";
  CHECK(steps[0].path == mount + "cgroup.subtree_control");
  CHECK(steps[0].wanted == "cpu cpuset");
  CHECK(steps[1].path == mount + "pulsebench/");
  CHECK(steps[1].wanted == kMade);
  CHECK(steps[2].path == mount + "pulsebench/cpuset.cpus");
  CHECK(steps[2].wanted == "3");
  CHECK(steps[3].path == mount + "pulsebench/cpuset.cpus.partition");
  CHECK(steps[3].wanted == "isolated");
  CHECK(steps[3].second_best == "root");
  CHECK(knob(with_groups("cpuset", ""), kPartition).steps[0].wanted == "cpuset");
}

TEST_CASE("without a possible partition the knob has the reason") {
  CHECK(knob(four_cpus(), kPartition).absent_because == "version 2 control groups are not mounted");
  CHECK(knob(with_groups("hugetlb", ""), kPartition).absent_because ==
        "the version 2 control groups have no cpuset controller here");
  CHECK(knob(with_groups("cpuset", ""), kPartition, {{3}, {3}, "", ""}).absent_because ==
        "there is no other CPU for other processes");
  auto booted_isolated = with_groups("cpuset", "");
  booted_isolated.files["/sys/devices/system/cpu/isolated"] = "2-3\n";
  CHECK(knob(booted_isolated, kPartition).absent_because == "already isolated since boot");
}

TEST_CASE("knobs are written into the facts of a run by name") {
  std::vector<StateFact> facts{{"governor", "", "powersave", "powersave", ""}};
  add_to(facts, {{"governor", "powersave", "performance", "powersave", KnobOutcome::not_permitted,
                  "needs root"},
                 {"swappiness", "60", "0", "0", KnobOutcome::set, ""}});
  REQUIRE(facts.size() == 2);
  CHECK(facts[0].requested == "performance");
  CHECK(facts[0].before == "powersave");
  CHECK(facts[0].reason == "not permitted: needs root");
  CHECK(facts[1].name == "swappiness");
  CHECK(facts[1].before == "0");
  CHECK(facts[1].reason.empty());
}

TEST_CASE("the value that a process achieved replaces the observer's") {
  std::vector<StateFact> facts{{"affinity", "3", "0-2", "0-2", "cannot pin to CPU 3"}};
  add_to(facts, {{"affinity", "", "3", "3", KnobOutcome::set, ""}});
  CHECK(facts[0].before == "3");
  CHECK(facts[0].after == "3");
  CHECK(facts[0].reason.empty());
}

TEST_CASE("what cannot be read is not called absent, and nothing is planned on it") {
  auto io = four_cpus();
  io.files["/proc/irq/24/smp_affinity_list"] = "0-3\n";
  io.files["/proc/sys/vm/swappiness"] = "60\n";
  io.unreadable = {"/proc/sys/vm/swappiness", kCpus + "cpufreq", "/proc/irq", "/proc/self/mounts"};
  CHECK(knob(io, "swappiness").steps.size() == 1);  // set_knob reports why it is not changed
  for (const char* name : {"governor", "irq_affinity", "smt_sibling", "cpu_partition"}) {
    CAPTURE(name);
    CHECK(knob(io, name).steps.empty());
    CHECK(knob(io, name).unreadable);
    CHECK(knob(io, name).absent_because.find("cannot read ") == 0);
  }
}
