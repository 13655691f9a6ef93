#include "pulsebench/tune/sys_io.hpp"

#include <cerrno>

#include <doctest/doctest.h>

#include "fake_tree.hpp"

using namespace pulsebench;
using namespace pulsebench::tune;

TEST_CASE("only settings are owned: no other files, and no paths out of the folder") {
  const auto io = linux_settings(machine::Roots{});
  CHECK(io->owns("/sys/kernel/mm/ksm/run"));
  CHECK(io->owns("/proc/sys/vm/swappiness"));
  CHECK(io->owns("/proc/irq/24/smp_affinity_list"));
  for (const char* path : {"/etc/passwd", "/proc/self/mem", "/sys/../etc/passwd", "sys/x",
                           "/sys//kernel", "/proc/sys/./vm", "", "/"}) {
    CAPTURE(path);
    CHECK_FALSE(io->owns(path));
  }
}

TEST_CASE("a folder in place of a machine behaves like its kernel") {
  const FakeTree tree;
  tree.put("run/pulsebench/here", "");
  tree.put("sys/choice", "always [madvise] never\n");
  tree.put("sys/value", "60\n");
  tree.put("sys/bare", "60");
  const auto io = linux_settings(tree.roots());
  CHECK(io->write("/sys/choice", "never") == 0);
  CHECK(io->read("/sys/choice").value() == "always madvise [never]\n");
  CHECK(io->write("/sys/choice", "sometimes") == EINVAL);
  CHECK(io->read("/sys/choice").value() == "always madvise [never]\n");
  CHECK(io->write("/sys/value", "0") == 0);
  CHECK(io->read("/sys/value").value() == "0\n");
  CHECK(io->write("/sys/bare", "0\n") == 0);
  CHECK(io->read("/sys/bare").value() == "0");
  CHECK(io->write("/sys/missing", "0") == ENOENT);
  CHECK(io->list("/sys").value() == std::vector<std::string>{"bare", "choice", "value"});
}

TEST_CASE("a choice is restored by its word, other settings by their bytes") {
  CHECK(value_to_write("always [madvise] never\n") == "madvise");
  CHECK(value_to_write("performance\n") == "performance\n");
}

TEST_CASE("the only folder that is a setting is pulsebench's control group") {
  const FakeTree tree;
  const auto io = linux_settings(tree.roots());
  CHECK(io->owns("/sys/fs/cgroup/pulsebench/"));
  CHECK_FALSE(io->owns("/sys/fs/cgroup/system.slice/"));
  CHECK_FALSE(io->owns("/sys/fs/cgroup/../pulsebench/"));
  CHECK_FALSE(io->owns("/tmp/pulsebench/"));
}

TEST_CASE("a control group is created and removed with its files") {
  const FakeTree tree;
  tree.put("sys/fs/cgroup/cgroup.procs", "");
  const auto io = linux_settings(tree.roots());
  const std::string group = "/sys/fs/cgroup/pulsebench/";
  CHECK(io->read(group).value() == kGone);
  CHECK(io->write(group, kMade) == 0);
  CHECK(io->read(group).value() == kMade);
  CHECK(io->read(group + "cpuset.cpus.partition").value() == "member\n");
  CHECK(io->write(group, kMade) == EEXIST);
  CHECK(io->write(group, kGone) == 0);
  CHECK(io->read(group).value() == kGone);
}

TEST_CASE("controllers are written as differences") {
  CHECK(controllers_to_write("cpu io\n", "cpu io cpuset") == "+cpuset");
  CHECK(controllers_to_write("cpuset cpu io\n", "cpu io\n") == "-cpuset");
  CHECK(controllers_to_write("", "cpuset") == "+cpuset");
  CHECK(controllers_to_write("cpuset\n", "") == "-cpuset");
  CHECK(controllers_to_write("io\n", "cpu") == "+cpu -io");
  CHECK(same_value("/sys/fs/cgroup/cgroup.subtree_control", "cpuset cpu\n", "cpu cpuset"));
  CHECK_FALSE(same_value("/sys/fs/cgroup/cgroup.subtree_control", "cpu\n", "cpu cpuset"));
}

TEST_CASE("equivalent contents are equal") {
  CHECK(same_value("/sys/a", "60\n", "60"));
  CHECK(same_value("/sys/a", "always [madvise] never\n", "madvise"));
  CHECK(same_value("/proc/irq/1/smp_affinity_list", "0,1\n", "0-1"));
  CHECK_FALSE(same_value("/proc/irq/1/smp_affinity_list", "0,2\n", "0-2"));
  CHECK_FALSE(same_value("/sys/a", "0,1", "0-1"));
  // Two different masks, the same "list".
  CHECK_FALSE(same_value("/sys/cpumask", "00000003,00000000", "00000000,00000003"));
}
