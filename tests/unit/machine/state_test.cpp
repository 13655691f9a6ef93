#include "pulsebench/machine/state.hpp"

#include <doctest/doctest.h>

#include "fake_kernel.hpp"
#include "fake_tree.hpp"

using namespace pulsebench;
using namespace pulsebench::machine;

namespace {

StateFact named(const std::vector<StateFact>& facts, const std::string& name) {
  for (const auto& fact : facts) {
    if (fact.name == name) return fact;
  }
  FAIL("no fact called " << name);
  return {};
}

const Placement kOnCpu1{{1}, {0}, "", ""};

}  // namespace

TEST_CASE("the requested affinity is tried, read back and restored") {
  const FakeTree tree;
  FakeKernel kernel;
  const auto facts = StateRecorder{tree.roots(), kOnCpu1, kernel}.finish();
  const auto affinity = named(facts, "affinity");
  CHECK(affinity.requested == "1");
  CHECK(affinity.before == "1");
  CHECK(affinity.after == "1");
  CHECK(affinity.reason.empty());
  CHECK(kernel.current == CpuList{0, 1, 2, 3});
}

TEST_CASE("an affinity that is not achieved has a reason") {
  const FakeTree tree;
  FakeKernel kernel;
  const auto facts = StateRecorder{tree.roots(), {{1, 7}, {0}, "", ""}, kernel}.finish();
  const auto affinity = named(facts, "affinity");
  CHECK(affinity.requested == "1,7");
  CHECK(affinity.before == "1");
  CHECK(affinity.reason == "requested CPUs '1,7', but got '1'");
}

TEST_CASE("existing values are recorded before and after") {
  const FakeTree tree;
  tree.put_cpus(4, 2);
  tree.put("sys/devices/system/cpu/cpufreq/policy1/scaling_governor", "powersave\n");
  tree.put("sys/devices/system/cpu/cpu1/cpufreq/scaling_governor", "powersave\n");
  tree.put("sys/devices/system/cpu/intel_pstate/no_turbo", "0\n");
  tree.put("proc/loadavg", "0.20 0.10 0.05 1/200 999\n");
  tree.put("sys/kernel/mm/transparent_hugepage/enabled", "always [madvise] never\n");
  tree.put("proc/sys/kernel/randomize_va_space", "2\n");
  tree.put("sys/devices/system/cpu/cpu1/thermal_throttle/core_throttle_count", "3\n");
  tree.put("sys/class/hwmon/hwmon0/name", "coretemp\n");
  tree.put("sys/class/hwmon/hwmon0/temp1_input", "45500\n");
  FakeKernel kernel;
  const StateRecorder recorder{tree.roots(), kOnCpu1, kernel};
  tree.put("sys/devices/system/cpu/cpu1/cpufreq/scaling_governor", "performance\n");
  tree.put("sys/devices/system/cpu/intel_pstate/no_turbo", "1\n");
  tree.put("sys/devices/system/cpu/cpu1/thermal_throttle/core_throttle_count", "5\n");
  tree.put("proc/loadavg", "1.70 0.10 0.05 1/200 999\n");
  const auto facts = recorder.finish();
  const auto moved = [&](const char* name, const char* before, const char* after) {
    CAPTURE(name);
    CHECK(named(facts, name).before == before);
    CHECK(named(facts, name).after == after);
    CHECK(named(facts, name).reason.empty());
  };
  moved("governor", "powersave", "performance");
  moved("boost", "on", "off");
  moved("throttle_count", "3", "5");
  moved("load_1min", "0.20", "1.70");
  moved("transparent_hugepages", "madvise", "madvise");
  moved("aslr", "full", "full");
  moved("temperature_celsius", "45.5", "45.5");
  moved("smt_sibling", "3", "3");
}

TEST_CASE("an absent value has a reason") {
  const FakeTree tree;
  FakeKernel kernel;
  for (const auto& fact : StateRecorder{tree.roots(), kOnCpu1, kernel}.finish()) {
    if (fact.name == "affinity") continue;
    CAPTURE(fact.name);
    CHECK(fact.before.empty());
    CHECK(fact.after.empty());
    CHECK_FALSE(fact.reason.empty());
  }
}

TEST_CASE("steal and the sibling's load are shares of the run's ticks") {
  const FakeTree tree;
  tree.put_cpus(4, 2);  // CPU 1 shares its core with CPU 3
  // cpuN user nice system idle iowait irq softirq steal guest guest_nice
  tree.put("proc/stat",
           "cpu  9 9 9 9 9 9 9 9 0 0\n"
           "cpu1 100 0 50 800 10 5 5 30 0 0\ncpu3 10 0 0 990 0 0 0 0 0 0\n");
  FakeKernel kernel;
  const StateRecorder recorder{tree.roots(), kOnCpu1, kernel};
  tree.put("proc/stat",
           "cpu  9 9 9 9 9 9 9 9 0 0\n"
           "cpu1 180 0 60 800 10 5 5 40 0 0\ncpu3 35 0 0 1065 0 0 0 0 0 0\n");
  const auto facts = recorder.finish();
  // 10 of 80 + 10 + 10 ticks; 25 of 25 + 75.
  CHECK(named(facts, "steal_percent").after == "10.00");
  CHECK(named(facts, "smt_sibling_busy_percent").after == "25.00");
}

TEST_CASE("a run shorter than a tick has a reason instead of a share") {
  const FakeTree tree;
  tree.put("proc/stat", "cpu1 100 0 50 800 10 5 5 30 0 0\n");
  FakeKernel kernel;
  const auto steal = named(StateRecorder{tree.roots(), kOnCpu1, kernel}.finish(), "steal_percent");
  CHECK(steal.after.empty());
  CHECK(steal.reason == "the run was shorter than a scheduler tick");
}

TEST_CASE("pressure is the kernel's average and the stalled share of the run") {
  const FakeTree tree;
  tree.put("proc/pressure/cpu", "some avg10=1.50 avg60=0.00 avg300=0.00 total=1000\n");
  FakeKernel kernel;
  const StateRecorder recorder{tree.roots(), kOnCpu1, kernel};
  const auto facts = recorder.finish();
  CHECK(named(facts, "psi_cpu_avg10_percent").before == "1.50");
  CHECK(named(facts, "psi_cpu_stalled_percent").after == "0.00");
}

TEST_CASE("this machine can be observed") {
  const auto placement = place(std::nullopt).value();
  const auto facts = StateRecorder{Roots{}, placement}.finish();
  CHECK(named(facts, "affinity").before == format_cpu_list(placement.measure));
}
