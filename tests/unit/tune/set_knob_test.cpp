#include "pulsebench/tune/set_knob.hpp"

#include <cerrno>
#include <map>

#include <doctest/doctest.h>

#include "fake_settings.hpp"
#include "fake_tree.hpp"
#include "pulsebench/tune/tuning.hpp"

using namespace pulsebench;
using namespace pulsebench::tune;
using namespace std::chrono_literals;

namespace {

const machine::Placement kOnCpu3{{3}, {0, 2}, "", ""};

KnobReport named(const std::vector<KnobReport>& knobs, const std::string& name) {
  for (const auto& knob : knobs) {
    if (knob.name == name) return knob;
  }
  FAIL("no knob called " << name);
  return {};
}

/// A folder for journal and lock, and settings in memory.
struct Scripted {
  FakeTree tree;
  std::shared_ptr<FakeSettings> io = std::make_shared<FakeSettings>();
  TuneContext context{tree.roots(), io, linux_knobs, 0ms};

  Scripted() { io->files["/proc/sys/vm/swappiness"] = "60\n"; }
  KnobReport swappiness() const {
    return named(Tuning::begin(context, kOnCpu3).knobs(), "swappiness");
  }
};

}  // namespace

TEST_CASE("not permitted, refused, without effect and absent are different outcomes") {
  Scripted machine;
  auto& io = *machine.io;
  CHECK(machine.swappiness().outcome == KnobOutcome::set);
  io.refuses["/proc/sys/vm/swappiness"] = EPERM;
  CHECK(machine.swappiness().outcome == KnobOutcome::not_permitted);
  io.refuses["/proc/sys/vm/swappiness"] = EBUSY;
  CHECK(machine.swappiness().outcome == KnobOutcome::refused);
  CHECK(machine.swappiness().reason == "/proc/sys/vm/swappiness: Device or resource busy");
  io.refuses.clear();
  io.ignores.insert("/proc/sys/vm/swappiness");
  CHECK(machine.swappiness().outcome == KnobOutcome::refused);
  CHECK(machine.swappiness().reason.find("without effect") != std::string::npos);
  io.files.clear();
  CHECK(machine.swappiness().outcome == KnobOutcome::absent);
  CHECK(machine.swappiness().reason == "no /proc/sys/vm/swappiness");
}

TEST_CASE("a setting whose original cannot be read is not changed") {
  Scripted machine;
  machine.io->unreadable.insert("/proc/sys/vm/swappiness");
  CHECK(machine.swappiness().outcome == KnobOutcome::unreadable);
  CHECK(machine.swappiness().reason == "cannot read /proc/sys/vm/swappiness");
  CHECK(machine.io->writes.empty());
  CHECK(named(tune_show(machine.context, kOnCpu3), "swappiness").outcome ==
        KnobOutcome::unreadable);
}

TEST_CASE("an original that only the second read returns is not changed") {
  Scripted machine;
  auto journal = Journal::create(machine.tree.top() / "journal", "boot").value();
  const Knob knob{"x", "0", {{"/proc/sys/vm/swappiness", "0", {}, ""}}, "", {}};
  const auto report = set_knob(*machine.io, journal, knob, {fail(ErrorCode::io, "cannot read x")});
  CHECK(report.outcome == KnobOutcome::unreadable);
  CHECK(machine.io->writes.empty());
  CHECK(journal.changes().empty());
}

TEST_CASE("an interrupt that the kernel manages is skipped, the others are moved") {
  Scripted machine;
  for (const char* irq : {"24", "25", "36"}) {
    machine.io->files[std::string{"/proc/irq/"} + irq + "/smp_affinity_list"] = "0-3\n";
  }
  machine.io->refuses["/proc/irq/25/smp_affinity_list"] = EPERM;
  const auto tuning = Tuning::begin(machine.context, kOnCpu3);
  const auto irqs = named(tuning.knobs(), "irq_affinity");
  CHECK(irqs.outcome == KnobOutcome::partly);
  CHECK(irqs.reason == "2 of 3; /proc/irq/25/smp_affinity_list: Operation not permitted");
  CHECK(machine.io->files["/proc/irq/36/smp_affinity_list"] == "0-2\n");
}

TEST_CASE("a value that the kernel rounds is restored too") {
  Scripted machine;
  machine.io->side_effects["/proc/sys/vm/swappiness"] = [](FakeSettings& kernel) {
    auto& value = kernel.files["/proc/sys/vm/swappiness"];
    if (value == "0\n") value = "5\n";
  };
  auto tuning = Tuning::begin(machine.context, kOnCpu3);
  CHECK(named(tuning.knobs(), "swappiness").achieved == "5");
  CHECK(tuning.put_back().restored.left_alone.empty());
  CHECK(machine.io->files["/proc/sys/vm/swappiness"] == "60\n");
}

TEST_CASE("a turbo switch that the governor's write resets is restored") {
  Scripted machine;
  const std::string cpus = "/sys/devices/system/cpu/";
  auto& files = machine.io->files;
  files[cpus + "cpufreq/policy3/related_cpus"] = "3\n";
  files[cpus + "cpufreq/policy3/scaling_governor"] = "powersave\n";
  files[cpus + "intel_pstate/no_turbo"] = "1\n";
  machine.io->side_effects[cpus + "cpufreq/policy3/scaling_governor"] = [&](FakeSettings& kernel) {
    kernel.files[cpus + "intel_pstate/no_turbo"] = "0\n";
  };
  {
    const auto tuning = Tuning::begin(machine.context, kOnCpu3);
    CHECK(files[cpus + "intel_pstate/no_turbo"] == "1\n");
  }
  CHECK(files[cpus + "intel_pstate/no_turbo"] == "1\n");
  CHECK(files[cpus + "cpufreq/policy3/scaling_governor"] == "powersave\n");
}

TEST_CASE("a journal of a boot that cannot be determined is kept, and no setting is changed") {
  Scripted machine;
  REQUIRE(Tuning::begin(machine.context, kOnCpu3, Until::restored).keep().has_value());
  machine.io->unreadable.insert("boot");
  const auto unknown = tune_restore(machine.context);
  REQUIRE(unknown.has_value());
  CHECK(unknown->pending);
  REQUIRE(unknown->notes.size() == 1);
  CHECK(unknown->notes[0].find("cannot read the boot id") != std::string::npos);
  CHECK(machine.io->files["/proc/sys/vm/swappiness"] == "0\n");
  CHECK_FALSE(Tuning::begin(machine.context, kOnCpu3, Until::restored).keep().has_value());
  machine.io->unreadable.clear();
  const auto known = tune_restore(machine.context);
  REQUIRE(known.has_value());
  CHECK_FALSE(known->pending);
  CHECK(machine.io->files["/proc/sys/vm/swappiness"] == "60\n");
}

TEST_CASE("a setting that cannot be read at its restoration stays in the journal") {
  Scripted machine;
  REQUIRE(Tuning::begin(machine.context, kOnCpu3, Until::restored).keep().has_value());
  machine.io->unreadable.insert("/proc/sys/vm/swappiness");
  CHECK(tune_restore(machine.context)->pending);
  CHECK(std::filesystem::exists(machine.context.journal()));
  machine.io->unreadable.clear();
  CHECK_FALSE(tune_restore(machine.context)->pending);
  CHECK(machine.io->files["/proc/sys/vm/swappiness"] == "60\n");
}

TEST_CASE("a setting that cannot be restored stays in the journal and prevents a tuning") {
  Scripted machine;
  {
    const auto tuning = Tuning::begin(machine.context, kOnCpu3);
    machine.io->refuses["/proc/sys/vm/swappiness"] = EPERM;
  }
  CHECK(std::filesystem::exists(machine.context.journal()));
  const auto barred = Tuning::begin(machine.context, kOnCpu3);
  REQUIRE_FALSE(barred.notes().empty());
  CHECK(barred.notes().back().find("see: pulsebench tune restore") != std::string::npos);
  CHECK(std::filesystem::exists(machine.context.journal()));
  machine.io->refuses.clear();
  REQUIRE(tune_restore(machine.context).has_value());
  CHECK(machine.io->files["/proc/sys/vm/swappiness"] == "60\n");
  CHECK(machine.swappiness().outcome == KnobOutcome::set);
}

namespace {

const std::string kGroups = "/sys/fs/cgroup/";

/// A kernel with the version 2 cpuset controller, whose result for a requested partition is in
/// `answers`.
struct WithPartitions : Scripted {
  explicit WithPartitions(const std::map<std::string, std::string>& answers = {}) {
    io->files["/proc/self/mounts"] = "cgroup2 /sys/fs/cgroup cgroup2 rw 0 0\n";
    io->files[kGroups + "cgroup.controllers"] = "cpuset cpu\n";
    io->files[kGroups + "cgroup.subtree_control"] = "cpu\n";
    io->files[kGroups + "pulsebench/"] = "gone\n";
    const std::string partition = kGroups + "pulsebench/cpuset.cpus.partition";
    io->side_effects[kGroups + "pulsebench/"] = [=](FakeSettings& kernel) {
      kernel.files.erase(partition);
      if (kernel.files[kGroups + "pulsebench/"] != "made\n") return;
      kernel.files[kGroups + "pulsebench/cpuset.cpus"] = "\n";
      kernel.files[partition] = "member\n";
    };
    io->side_effects[partition] = [=](FakeSettings& kernel) {
      auto& content = kernel.files[partition];
      const auto answer = answers.find(content.substr(0, content.find('\n')));
      if (answer != answers.end()) content = answer->second + '\n';
    };
  }
};

KnobReport partition_of(const Scripted& machine) {
  auto journal = Journal::create(machine.tree.top() / "journal", "boot").value();
  const auto knob = partition_knob(*machine.io, kOnCpu3);
  return set_knob(*machine.io, journal, knob, std::vector<Result<std::string>>(knob.steps.size()));
}

}  // namespace

TEST_CASE("a partition is isolated if the kernel permits, else a root, else refused") {
  const auto best = partition_of(WithPartitions{});
  CHECK(best.outcome == KnobOutcome::set);
  CHECK(best.achieved == "isolated");

  const std::string invalid = "isolated invalid (Cpu list in cpuset.cpus not exclusive)";
  const auto second_best = partition_of(WithPartitions{{{"isolated", invalid}}});
  CHECK(second_best.outcome == KnobOutcome::partly);
  CHECK(second_best.achieved == "root");
  CHECK(second_best.reason == "the kernel changed it to '" + invalid + "'");

  const auto none = partition_of(
      WithPartitions{{{"isolated", invalid}, {"root", "root invalid (Parent is not root)"}}});
  CHECK(none.outcome == KnobOutcome::refused);
  CHECK(none.reason == "the kernel changed it to '" + invalid + "'");
}

TEST_CASE("without the controller there is no partition, for the first failure's reason") {
  const WithPartitions machine;
  machine.io->refuses[kGroups + "cgroup.subtree_control"] = EBUSY;
  machine.io->side_effects.erase(kGroups + "pulsebench/");
  const auto refused = partition_of(machine);
  CHECK(refused.outcome == KnobOutcome::refused);
  CHECK(refused.reason == kGroups + "cgroup.subtree_control: Device or resource busy");
}

TEST_CASE("a partition that no process can join is removed at once") {
  const WithPartitions machine;  // its group is in memory: no process can join it
  const auto tuning = Tuning::begin(machine.context, kOnCpu3);
  const auto partition = named(tuning.knobs(), kPartition);
  CHECK(partition.outcome == KnobOutcome::refused);
  CHECK(partition.reason == "no process can join it: No such file or directory");
  CHECK(tuning.partition().empty());
  CHECK(machine.io->files[kGroups + "pulsebench/"] == "gone\n");
}

TEST_CASE("the facts of a run have the requested, the achieved and the final value") {
  Scripted machine;
  machine.io->files["/sys/kernel/mm/ksm/run"] = "1\n";
  machine.io->refuses["/sys/kernel/mm/ksm/run"] = EPERM;
  const auto tuning = Tuning::begin(machine.context, kOnCpu3);
  machine.io->files["/proc/sys/vm/swappiness"] = "33\n";
  std::vector<StateFact> facts{{"governor", "", "", "", "no cpufreq"}};
  tuning.add_to(facts);
  const auto fact = [&](const std::string& name) {
    for (const auto& known : facts) {
      if (known.name == name) return known;
    }
    FAIL("no fact called " << name);
    return StateFact{};
  };
  CHECK(fact("swappiness").requested == "0");
  CHECK(fact("swappiness").before == "0");
  CHECK(fact("swappiness").after == "33");
  CHECK(fact("page_merging").before == "1");
  CHECK(fact("page_merging").reason ==
        "not permitted: /sys/kernel/mm/ksm/run: Operation not permitted");
  CHECK(fact("governor").requested == "performance");
  CHECK(fact("governor").reason.rfind("absent here: ", 0) == 0);
}
