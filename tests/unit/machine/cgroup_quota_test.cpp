#include "pulsebench/machine/cgroup_quota.hpp"

#include <doctest/doctest.h>

#include "fake_tree.hpp"

using namespace pulsebench::machine;

TEST_CASE("the tightest quota from the own group to the root counts, version 2") {
  const FakeTree tree;
  tree.put("proc/self/mounts", "cgroup2 /sys/fs/cgroup cgroup2 rw,relatime 0 0\n");
  tree.put("proc/self/cgroup", "0::/ci/job\n");
  tree.put("sys/fs/cgroup/ci/job/cpu.max", "max 100000\n");
  CHECK_FALSE(cgroup_cpu_quota(tree.roots()).value().has_value());
  tree.put("sys/fs/cgroup/ci/cpu.max", "150000 100000\n");
  CHECK(cgroup_cpu_quota(tree.roots()).value() == 1.5);
  tree.put("sys/fs/cgroup/ci/job/cpu.max", "50000 100000\n");
  CHECK(cgroup_cpu_quota(tree.roots()).value() == 0.5);
}

TEST_CASE("version 1 has its quota in the cpu hierarchy") {
  const FakeTree tree;
  tree.put("proc/self/mounts",
           "cgroup /sys/fs/cgroup/cpuset cgroup rw,cpuset 0 0\n"
           "cgroup /sys/fs/cgroup/cpu,cpuacct cgroup rw,cpuacct,cpu 0 0\n");
  tree.put("proc/self/cgroup", "4:cpu,cpuacct:/box\n3:cpuset:/\n0::/\n");
  tree.put("sys/fs/cgroup/cpu,cpuacct/box/cpu.cfs_quota_us", "-1\n");
  tree.put("sys/fs/cgroup/cpu,cpuacct/box/cpu.cfs_period_us", "100000\n");
  CHECK_FALSE(cgroup_cpu_quota(tree.roots()).value().has_value());
  tree.put("sys/fs/cgroup/cpu,cpuacct/box/cpu.cfs_quota_us", "200000\n");
  CHECK(cgroup_cpu_quota(tree.roots()).value() == 2.0);
}

TEST_CASE("without /proc the quota is unknown") {
  const FakeTree tree;
  CHECK_FALSE(cgroup_cpu_quota(tree.roots()).has_value());
}

TEST_CASE("a path to a group cannot leave the mount") {
  const FakeTree tree;
  tree.put("proc/self/mounts", "cgroup2 /sys/fs/cgroup cgroup2 rw 0 0\n");
  tree.put("proc/self/cgroup", "0::/../../elsewhere\n");
  CHECK_FALSE(cgroup_cpu_quota(tree.roots()).value().has_value());
}
