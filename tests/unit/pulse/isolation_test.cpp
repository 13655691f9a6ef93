#include "pulse/isolation.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <vector>

#include "pulse/intervention.hpp"
#include "waiting_thread.hpp"

using pulse::Isolation;
using pulse::IsolationKind;
using pulse::IsolationOptions;
namespace fs = std::filesystem;

namespace {

/// A root folder with a control group hierarchy made of plain files.
class FakeRoot {
 public:
  explicit FakeRoot(const std::string& mounts, const std::string& groups) {
    std::string pattern = (fs::temp_directory_path() / "pulse-XXXXXX").string();
    root_ = mkdtemp(pattern.data());
    put("proc/self/mounts", mounts);
    put("proc/self/cgroup", groups);
  }
  ~FakeRoot() { fs::remove_all(root_); }

  void put(const fs::path& name, const std::string& text) const {
    fs::create_directories((root_ / name).parent_path());
    std::ofstream(root_ / name) << text;
  }
  [[nodiscard]] std::string get(const fs::path& name) const {
    std::ifstream file(root_ / name);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  [[nodiscard]] const fs::path& path() const { return root_; }

 private:
  fs::path root_;
};

}  // namespace

TEST_CASE("without control groups the ladder continues, and has a reason for each refusal") {
  const FakeRoot root("", "");
  IsolationOptions options;
  options.root = root.path();
  const Isolation isolation(options);
  REQUIRE(isolation.kind().has_value());
  CHECK(*isolation.kind() > IsolationKind::cgroup_v1);
  REQUIRE(isolation.refusals().size() >= 2);
  CHECK(isolation.refusals()[0] == "cgroup v2: no such hierarchy is mounted");
  CHECK(isolation.refusals()[1] == "cgroup v1: no such hierarchy is mounted");
}

TEST_CASE("version 2 without the cpu controller is refused with the group's path") {
  const FakeRoot root("cgroup2 /sys/fs/cgroup cgroup2 rw 0 0\n", "0::/service\n");
  root.put("sys/fs/cgroup/service/cgroup.controllers", "memory pids\n");
  IsolationOptions options = only(IsolationKind::cgroup_v2);
  options.root = root.path();
  const Isolation isolation(options);
  REQUIRE(isolation.refusals().size() == 1);
  CHECK(isolation.refusals()[0].find("/service has no cpu controller") != std::string::npos);
}

namespace {

/// Control groups of version 2, with this process in "service".
struct Version2 {
  FakeRoot root{"cgroup2 /sys/fs/cgroup cgroup2 rw 0 0\n", "0::/service\n"};
  fs::path own = "sys/fs/cgroup/service";
  std::string self = std::to_string(this_thread());

  Version2() {
    for (const char* file : {"cgroup.subtree_control", "cgroup.threads", "g/cgroup.type",
                             "g/cpu.weight", "g/cgroup.threads"}) {
      root.put(own / file, "");
    }
    root.put(own / "cgroup.controllers", "cpu memory\n");
    root.put("proc/" + self + "/cgroup", "0::/service\n");
  }
  [[nodiscard]] IsolationOptions options() const {
    IsolationOptions options = only(IsolationKind::cgroup_v2);
    options.root = root.path();
    options.group_name = "g";
    return options;
  }
};

}  // namespace

TEST_CASE("releasing a thread that was never isolated writes no file") {
  const Version2 machine;
  Isolation isolation(machine.options());
  REQUIRE(isolation.kind() == IsolationKind::cgroup_v2);
  const Subject thread;
  machine.root.put("proc/" + std::to_string(thread.id()) + "/cgroup", "0::/service\n");
  const std::string left = machine.root.get(machine.own / "cgroup.threads");
  const std::string entered = machine.root.get(machine.own / "g/cgroup.threads");
  CHECK_FALSE(isolation.release(thread.id()));
  isolation.forget(thread.id());
  CHECK(machine.root.get(machine.own / "cgroup.threads") == left);
  CHECK(machine.root.get(machine.own / "g/cgroup.threads") == entered);
  // Releasing an isolated one does.
  CHECK_FALSE(isolation.attach(thread.id()));
  CHECK_FALSE(isolation.release(thread.id()));
  CHECK(machine.root.get(machine.own / "cgroup.threads") != left);
  CHECK(machine.root.get(machine.own / "g/cgroup.threads") != entered);
}

TEST_CASE(
    "version 2 creates a threaded group with the lowest weight, and writes the thread's number") {
  const Version2 machine;
  const auto& [root, own, self] = machine;
  Isolation isolation(machine.options());
  REQUIRE(isolation.kind() == IsolationKind::cgroup_v2);
  CHECK(root.get(own / "g/cgroup.type") == "threaded");
  CHECK(root.get(own / "g/cpu.weight") == "1");
  CHECK(root.get(own / "cgroup.subtree_control") == "+cpu");
  CHECK_FALSE(isolation.attach(this_thread()));
  CHECK(root.get(own / "g/cgroup.threads").find(self) != std::string::npos);
  CHECK_FALSE(isolation.release(this_thread()));
  CHECK(root.get(own / "cgroup.threads").find(self) != std::string::npos);
}

TEST_CASE("an intervention logs and counts promotions only") {
  struct Lines : pulse::LogSink {
    std::vector<std::string> lines;
    void write(std::string_view line) noexcept override { lines.emplace_back(line); }
  } sink;
  pulse::Intervention intervention(sink);
  intervention.on_tier_change({}, pulse::TaskId{42}, pulse::Tier::monitor, pulse::Tier::warn);
  intervention.on_tier_change({}, pulse::TaskId{42}, pulse::Tier::warn, pulse::Tier::monitor);
  CHECK(sink.lines == std::vector<std::string>{"task 42 moved from tier monitor to warn"});
  CHECK(intervention.warnings() == 1);
  CHECK_FALSE(intervention.isolate(this_thread()));
}

TEST_CASE("the method of other systems is refused with its name") {
  const Isolation isolation(
      {.ladder = {IsolationKind::thread_priority}, .root = "/", .group_name = {}});
  CHECK_FALSE(isolation.kind().has_value());
  REQUIRE(isolation.refusals().size() == 1);
  CHECK(isolation.refusals()[0] == "thread priority is for Windows and macOS");
}
