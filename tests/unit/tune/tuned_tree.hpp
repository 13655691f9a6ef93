#pragma once

#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <sstream>
#include <string>

#include "fake_tree.hpp"

/// A machine of four CPUs in two cores ({0,2} and {1,3}) with all settings of the knobs, in a
/// random state from `seed`.
inline void put_tunable_machine(const FakeTree& tree, unsigned seed) {
  std::mt19937 random{seed};
  const auto one_of = [&](std::initializer_list<const char*> values) {
    return std::string{*(values.begin() + static_cast<long>(random() % values.size()))};
  };
  const auto end = [&] { return one_of({"\n", "\n", "\n", "", " \n"}); };
  tree.put_cpus(4, 2);
  tree.put("proc/sys/kernel/random/boot_id", "6d8c2a5e-0f3b-4a7e-9d55-1b2c3d4e5f60\n");
  const std::string cpus = "sys/devices/system/cpu/";
  for (int cpu = 0; cpu < 4; ++cpu) {
    if (cpu > 0) tree.put(cpus + fmt::format("cpu{}/online", cpu), one_of({"0", "1"}) + end());
    const std::string policy = cpus + fmt::format("cpufreq/policy{}/", cpu);
    tree.put(policy + "related_cpus", fmt::format("{}\n", cpu));
    tree.put(policy + "scaling_governor",
             one_of({"powersave", "schedutil", "performance"}) + end());
    tree.put(policy + "scaling_available_governors", "performance schedutil powersave\n");
    tree.put(policy + "scaling_min_freq", one_of({"800000", "1200000", "3500000"}) + end());
    tree.put(policy + "scaling_max_freq", "3500000\n");
    tree.put(policy + "energy_performance_preference",
             one_of({"balance_power", "performance", "power"}) + end());
  }
  const std::string boost =
      one_of({"intel_pstate/no_turbo", "cpufreq/boost", "cpufreq/policy3/boost"});
  tree.put(cpus + boost, one_of({"0", "1"}) + end());
  for (int irq = 24; irq < 30; ++irq) {
    tree.put(fmt::format("proc/irq/{}/smp_affinity_list", irq),
             one_of({"0-3", "3", "1,3", "0", "0,2", "0,1,2,3"}) + end());
  }
  tree.put("proc/sys/kernel/timer_migration", one_of({"0", "1"}) + end());
  tree.put("proc/sys/vm/stat_interval", one_of({"1", "10", "120"}) + end());
  tree.put("proc/sys/vm/swappiness", one_of({"0", "10", "60"}) + end());
  tree.put("proc/sys/kernel/numa_balancing", one_of({"0", "1"}) + end());
  tree.put("sys/devices/virtual/workqueue/cpumask", one_of({"f", "0000000f", "8", "7"}) + end());
  tree.put("proc/self/mounts",
           "sysfs /sys sysfs rw 0 0\ncgroup2 /sys/fs/cgroup cgroup2 rw,relatime 0 0\n");
  tree.put("sys/fs/cgroup/cgroup.controllers", "cpuset cpu io memory\n");
  tree.put("sys/fs/cgroup/cgroup.subtree_control", one_of({"", "cpu io\n", "cpuset cpu\n"}));
  tree.put("sys/kernel/mm/ksm/run", one_of({"0", "1", "2"}) + end());
  tree.put("sys/kernel/mm/transparent_hugepage/enabled",
           one_of({"[always] madvise never", "always [madvise] never", "always madvise [never]"}) +
               end());
}

/// Contents of every file below sys and proc, by path.
inline std::map<std::string, std::string> snapshot(const FakeTree& tree) {
  std::map<std::string, std::string> files;
  for (const char* top : {"sys", "proc"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator{tree.top() / top}) {
      if (!entry.is_regular_file()) continue;
      std::ostringstream content;
      content << std::ifstream{entry.path(), std::ios::binary}.rdbuf();
      files[entry.path().string()] = content.str();
    }
  }
  return files;
}
