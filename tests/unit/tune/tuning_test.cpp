#include "pulsebench/tune/tuning.hpp"

#include <doctest/doctest.h>

#include "fake_tree.hpp"
#include "tuned_tree.hpp"

using namespace pulsebench;
using namespace pulsebench::tune;
using namespace std::chrono_literals;

namespace {

const machine::Placement kOnCpu3{{3}, {0, 2}, "", ""};
constexpr unsigned kDraws = 60;

KnobReport named(const std::vector<KnobReport>& knobs, const std::string& name) {
  for (const auto& knob : knobs) {
    if (knob.name == name) return knob;
  }
  FAIL("no knob called " << name);
  return {};
}

TuneContext context_of(const FakeTree& tree) {
  auto context = TuneContext::of(tree.roots());
  context.patience = 0ms;
  return context;
}

}  // namespace

TEST_CASE("apply and restore keep every file byte for byte, from any state") {
  for (unsigned seed = 0; seed < kDraws; ++seed) {
    CAPTURE(seed);
    const FakeTree tree;
    put_tunable_machine(tree, seed);
    const auto before = snapshot(tree);
    const auto context = context_of(tree);
    auto tuning = Tuning::begin(context, kOnCpu3, Until::restored);
    REQUIRE(tuning.keep().has_value());
    CHECK(snapshot(tree) != before);
    const auto recovery = tune_restore(context);
    REQUIRE(recovery.has_value());
    CHECK(recovery->restored.complete());
    CHECK(recovery->restored.left_alone.empty());
    CHECK(snapshot(tree) == before);
    CHECK_FALSE(std::filesystem::exists(context.journal()));
  }
}

TEST_CASE("a run's tuning ends with the run, byte for byte") {
  for (unsigned seed = 0; seed < kDraws; ++seed) {
    CAPTURE(seed);
    const FakeTree tree;
    put_tunable_machine(tree, seed);
    const auto before = snapshot(tree);
    {
      const auto tuning = Tuning::begin(context_of(tree), kOnCpu3);
      CHECK(named(tuning.knobs(), "governor").achieved == "performance");
      for (const auto& knob : tuning.knobs()) {
        CAPTURE(knob.name);
        CAPTURE(knob.reason);
        CHECK(knob.outcome != KnobOutcome::refused);
        CHECK(knob.outcome != KnobOutcome::not_permitted);
      }
    }
    CHECK(snapshot(tree) == before);
  }
}

TEST_CASE("a value that another program sets during a run is not changed and is reported") {
  const FakeTree tree;
  put_tunable_machine(tree, 1);
  tree.put("proc/sys/vm/swappiness", "60\n");
  auto before = snapshot(tree);
  auto tuning = Tuning::begin(context_of(tree), kOnCpu3);
  tree.put("proc/sys/vm/swappiness", "33\n");
  const auto restored = tuning.put_back().restored;
  REQUIRE(restored.left_alone.size() == 1);
  CHECK(restored.left_alone[0].find("/proc/sys/vm/swappiness is '33'") == 0);
  before[(tree.top() / "proc/sys/vm/swappiness").string()] = "33\n";
  CHECK(snapshot(tree) == before);
}

TEST_CASE("a second pulsebench changes nothing, and both keep the originals") {
  const FakeTree tree;
  put_tunable_machine(tree, 2);
  const auto before = snapshot(tree);
  {
    auto first = Tuning::begin(context_of(tree), kOnCpu3);
    const auto tuned = snapshot(tree);
    {
      const auto second = Tuning::begin(context_of(tree), kOnCpu3);
      REQUIRE(second.notes().size() == 1);
      CHECK(second.notes()[0].find("not tuned: another pulsebench (process") == 0);
      const auto restored = tune_restore(context_of(tree));
      CHECK_FALSE(restored.has_value());
    }
    CHECK(snapshot(tree) == tuned);
  }
  CHECK(snapshot(tree) == before);
}

TEST_CASE("a run keeps the settings of tune apply, and only tune restore undoes them") {
  const FakeTree tree;
  put_tunable_machine(tree, 3);
  const auto before = snapshot(tree);
  REQUIRE(Tuning::begin(context_of(tree), kOnCpu3, Until::restored).keep().has_value());
  const auto applied = snapshot(tree);
  {
    const auto run = Tuning::begin(context_of(tree), kOnCpu3);
    CHECK(named(run.knobs(), "governor").outcome == KnobOutcome::already);
    REQUIRE(run.notes().size() == 1);
    CHECK(run.notes()[0].find("tune restore") != std::string::npos);
    auto again = Tuning::begin(context_of(tree), kOnCpu3);
    CHECK_FALSE(again.keep().has_value());
  }
  CHECK(snapshot(tree) == applied);
  REQUIRE(tune_restore(context_of(tree)).has_value());
  CHECK(snapshot(tree) == before);
}

TEST_CASE("a run has the measuring CPU as a partition, which is removed afterwards") {
  const FakeTree tree;
  put_tunable_machine(tree, 8);
  const auto before = snapshot(tree);
  const auto group = tree.top() / "sys/fs/cgroup/pulsebench";
  {
    const auto tuning = Tuning::begin(context_of(tree), kOnCpu3);
    const auto partition = named(tuning.knobs(), kPartition);
    CHECK(partition.outcome == KnobOutcome::set);
    CHECK(partition.achieved == "isolated");
    CHECK(tuning.partition() == group / "cgroup.procs");
    const auto files = snapshot(tree);
    CHECK(files.at((group / "cpuset.cpus").string()) == "3\n");
    CHECK(files.at((group / "cpuset.cpus.partition").string()) == "isolated\n");
    CHECK(files.at((group / "../cgroup.subtree_control").lexically_normal().string())
              .find("cpuset") != std::string::npos);
  }
  CHECK_FALSE(std::filesystem::exists(group));
  CHECK(snapshot(tree) == before);
}

TEST_CASE("tune apply makes no partition, which would exclude other processes from the CPU") {
  const FakeTree tree;
  put_tunable_machine(tree, 10);
  auto tuning = Tuning::begin(context_of(tree), kOnCpu3, Until::restored);
  CHECK(named(tuning.knobs(), kPartition).outcome == KnobOutcome::absent);
  CHECK(named(tuning.knobs(), kPartition).reason == "set during runs only");
  CHECK(tuning.partition().empty());
  CHECK_FALSE(std::filesystem::exists(tree.top() / "sys/fs/cgroup/pulsebench"));
}

TEST_CASE("a truncated, a foreign and an old journal change no setting") {
  const std::string line = journal_line({"/proc/sys/vm/swappiness", "77\n", "0"});
  const std::string ours = journal_header("6d8c2a5e-0f3b-4a7e-9d55-1b2c3d4e5f60");
  for (const std::string& text :
       {std::string{}, std::string{"not a journal\n"}, journal_header("other-boot") + line, line,
        ours.substr(0, 20), ours + line.substr(0, line.size() - 3), ours + "garbage\n",
        ours + journal_line({"/etc/passwd", "x", "y"}),
        ours + journal_line({"/sys/../etc/passwd", "x", "y"})}) {
    CAPTURE(text);
    const FakeTree tree;
    put_tunable_machine(tree, 4);
    tree.put("proc/sys/vm/swappiness", "0\n");  // what `line` would take for its own
    tree.put("etc/passwd", "y");
    tree.put("run/pulsebench/tune.journal", text);
    std::filesystem::permissions(tree.top() / "run/pulsebench/tune.journal",
                                 std::filesystem::perms{0600});
    const auto before = snapshot(tree);
    {
      const auto tuning = Tuning::begin(context_of(tree), kOnCpu3);
      CHECK(named(tuning.knobs(), "governor").achieved == "performance");
    }
    CHECK(snapshot(tree) == before);
  }
}

TEST_CASE("--no-tune changes nothing, but restores after a killed pulsebench") {
  const FakeTree tree;
  put_tunable_machine(tree, 5);
  tree.put("sys/devices/system/cpu/cpufreq/policy3/scaling_governor", "powersave\n");
  tree.put("proc/sys/vm/swappiness", "60\n");
  const auto before = snapshot(tree);
  tree.put("proc/sys/vm/swappiness", "0\n");
  tree.put("run/pulsebench/tune.journal",
           journal_header("6d8c2a5e-0f3b-4a7e-9d55-1b2c3d4e5f60") +
               journal_line({"/proc/sys/vm/swappiness", "60\n", "0"}));
  std::filesystem::permissions(tree.top() / "run/pulsebench/tune.journal",
                               std::filesystem::perms{0600});
  const auto tuning = Tuning::none(context_of(tree), kOnCpu3);
  CHECK(named(tuning.knobs(), "governor").outcome == KnobOutcome::not_asked);
  REQUIRE(tuning.notes().size() == 1);
  CHECK(tuning.notes()[0] == "restored 1 setting of an earlier pulsebench");
  CHECK(snapshot(tree) == before);
}

TEST_CASE("tune show changes nothing and returns what would change") {
  const FakeTree tree;
  put_tunable_machine(tree, 6);
  tree.put("proc/sys/vm/swappiness", "60\n");
  tree.put("proc/sys/vm/stat_interval", "120\n");
  const auto before = snapshot(tree);
  const auto shown = tune_show(context_of(tree), kOnCpu3);
  CHECK(named(shown, "swappiness").achieved == "60");
  CHECK(named(shown, "swappiness").requested == "0");
  CHECK(named(shown, "swappiness").outcome == KnobOutcome::not_asked);
  CHECK(named(shown, "vm_stat_interval").outcome == KnobOutcome::already);
  CHECK(snapshot(tree) == before);
}

TEST_CASE("without a writable journal no setting is changed") {
  const FakeTree tree;
  put_tunable_machine(tree, 7);
  tree.put("proc/sys/vm/swappiness", "60\n");
  tree.put("run", "a file where the folder should be");
  const auto before = snapshot(tree);
  const auto tuning = Tuning::begin(context_of(tree), kOnCpu3);
  const auto swappiness = named(tuning.knobs(), "swappiness");
  CHECK(swappiness.outcome == KnobOutcome::not_permitted);
  CHECK(swappiness.requested == "0");
  CHECK(swappiness.achieved == "60");
  CHECK(snapshot(tree) == before);
}

TEST_CASE(
    "a journal that is removed or overwritten during a run costs no setting and is reported") {
  for (const bool removed : {true, false}) {
    CAPTURE(removed);
    const FakeTree tree;
    put_tunable_machine(tree, 9);
    const auto before = snapshot(tree);
    const auto context = context_of(tree);
    auto tuning = Tuning::begin(context, kOnCpu3);
    CHECK(snapshot(tree) != before);
    if (removed) {
      std::filesystem::remove_all(context.folder());
    } else {
      tree.put("run/pulsebench/tune.journal", "something else\n");
    }
    const auto recovery = tuning.put_back();
    CHECK(snapshot(tree) == before);
    REQUIRE(recovery.notes.size() == 1);
    CHECK(recovery.notes[0].find(removed ? "another program removed the journal"
                                         : "another program changed the journal") == 0);
    CHECK(std::filesystem::exists(context.journal()) != removed);
  }
}

TEST_CASE("a journal whose header is cut is of a process that changed nothing, and is removed") {
  const std::string header = journal_header("6d8c2a5e-0f3b-4a7e-9d55-1b2c3d4e5f60");
  for (const std::size_t length : {std::size_t{0}, std::size_t{20}, header.size()}) {
    CAPTURE(length);
    const FakeTree tree;
    put_tunable_machine(tree, 5);
    tree.put("run/pulsebench/tune.journal", header.substr(0, length));
    std::filesystem::permissions(context_of(tree).journal(), std::filesystem::perms{0600});
    CHECK_FALSE(tune_restore(context_of(tree))->pending);
    CHECK_FALSE(std::filesystem::exists(context_of(tree).journal()));
    CHECK_FALSE(std::filesystem::exists(context_of(tree).journal().string() + ".unreadable"));
  }
}

TEST_CASE("a journal with a damaged line in its middle is moved away, not removed") {
  const FakeTree tree;
  put_tunable_machine(tree, 5);
  tree.put("proc/sys/vm/swappiness", "0\n");
  tree.put("run/pulsebench/tune.journal",
           journal_header("6d8c2a5e-0f3b-4a7e-9d55-1b2c3d4e5f60") + "damaged\n" +
               journal_line({"/proc/sys/vm/swappiness", "60\n", "0"}));
  std::filesystem::permissions(context_of(tree).journal(), std::filesystem::perms{0600});
  const auto recovery = tune_restore(context_of(tree));
  REQUIRE(recovery.has_value());
  CHECK_FALSE(recovery->pending);
  CHECK(snapshot(tree).at((tree.top() / "proc/sys/vm/swappiness").string()) == "60\n");
  CHECK(std::filesystem::exists(context_of(tree).journal().string() + ".unreadable"));
}
