#include "pulse/isolation.hpp"

#include <doctest/doctest.h>
#include <sched.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <condition_variable>
#include <fstream>
#include <mutex>
#include <thread>
#include <vector>

#include "pulse/intervention.hpp"

using pulse::Isolation;
using pulse::IsolationKind;
using pulse::IsolationOptions;
namespace fs = std::filesystem;

namespace {

pid_t this_thread() { return static_cast<pid_t>(syscall(SYS_gettid)); }

/// A thread that exists and waits, to be isolated by others.
class Subject {
 public:
  Subject() : thread_([this] { live(); }) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return id_ != 0; });
  }
  ~Subject() {
    {
      const std::lock_guard lock(mutex_);
      done_ = true;
    }
    changed_.notify_all();
    thread_.join();
  }
  [[nodiscard]] pid_t id() const { return id_; }

 private:
  void live() {
    std::unique_lock lock(mutex_);
    id_ = this_thread();
    changed_.notify_all();
    changed_.wait(lock, [this] { return done_; });
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  pid_t id_ = 0;
  bool done_ = false;
  std::thread thread_;
};

IsolationOptions only(IsolationKind kind) {
  IsolationOptions options;
  options.ladder = {kind};
  return options;
}

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

TEST_CASE("each scheduling method isolates the thread that is named, and puts it back") {
  const Subject subject;
  const int own_policy = sched_getscheduler(0);
  for (const auto kind : {IsolationKind::sched_idle, IsolationKind::sched_batch}) {
    Isolation isolation(only(kind));
    REQUIRE(isolation.kind() == kind);
    CHECK_FALSE(isolation.attach(subject.id()));
    CHECK(sched_getscheduler(subject.id()) ==
          (kind == IsolationKind::sched_idle ? SCHED_IDLE : SCHED_BATCH));
    CHECK(sched_getscheduler(0) == own_policy);
    CHECK_FALSE(isolation.release(subject.id()));
    CHECK(sched_getscheduler(subject.id()) == own_policy);
  }
}

// The public implementation of the same documents moves the thread that calls release.
TEST_CASE("whoever releases, it is the isolated thread that is restored") {
  const Subject subject;
  Isolation isolation(only(IsolationKind::sched_idle));
  REQUIRE_FALSE(isolation.attach(subject.id()));
  std::thread other([&] {
    const sched_param none{};
    REQUIRE(sched_setscheduler(0, SCHED_BATCH, &none) == 0);
    CHECK_FALSE(isolation.release(subject.id()));
    CHECK(sched_getscheduler(0) == SCHED_BATCH);
  });
  other.join();
  CHECK(sched_getscheduler(subject.id()) == SCHED_OTHER);
}

TEST_CASE("affinity and nice come back exactly as they were") {
  const Subject subject;
  cpu_set_t before;
  REQUIRE(sched_getaffinity(subject.id(), sizeof before, &before) == 0);
  {
    Isolation isolation(only(IsolationKind::affinity));
    REQUIRE_FALSE(isolation.attach(subject.id()));
    cpu_set_t inside;
    REQUIRE(sched_getaffinity(subject.id(), sizeof inside, &inside) == 0);
    CHECK(CPU_COUNT(&inside) == 1);
  }  // the end releases
  cpu_set_t after;
  REQUIRE(sched_getaffinity(subject.id(), sizeof after, &after) == 0);
  CHECK(CPU_EQUAL(&before, &after));

  Isolation isolation(only(IsolationKind::nice));
  if (!isolation.kind()) {
    // Without privilege a nice value cannot be put back, so the method must refuse itself.
    CHECK(isolation.refusals().size() == 1);
    return;
  }
  REQUIRE(setpriority(PRIO_PROCESS, static_cast<id_t>(subject.id()), 3) == 0);
  REQUIRE_FALSE(isolation.attach(subject.id()));
  CHECK(getpriority(PRIO_PROCESS, static_cast<id_t>(subject.id())) == 19);
  REQUIRE_FALSE(isolation.release(subject.id()));
  CHECK(getpriority(PRIO_PROCESS, static_cast<id_t>(subject.id())) == 3);
}

TEST_CASE("attaching twice isolates once, and a release of a stranger does nothing") {
  const Subject subject;
  Isolation isolation(only(IsolationKind::sched_idle));
  CHECK_FALSE(isolation.release(subject.id()));
  CHECK_FALSE(isolation.attach(subject.id()));
  CHECK_FALSE(isolation.attach(subject.id()));
  CHECK(isolation.is_isolated(subject.id()));
  CHECK_FALSE(isolation.release(subject.id()));
  CHECK_FALSE(isolation.is_isolated(subject.id()));
  CHECK(sched_getscheduler(subject.id()) == SCHED_OTHER);
}

TEST_CASE("the ladder goes down to what works, and says why the rest did not") {
  const FakeRoot root("", "");
  IsolationOptions options;
  options.root = root.path();
  const Isolation isolation(options);
  CHECK(isolation.kind() == IsolationKind::sched_idle);
  CHECK(isolation.refusals() ==
        std::vector<std::string>{"cgroup v2: no such hierarchy is mounted",
                                 "cgroup v1: no such hierarchy is mounted"});
}

TEST_CASE("version 2 without the cpu controller is refused by name") {
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

TEST_CASE("the end of a thread that was never isolated touches no file") {
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
  // As that of an isolated one does.
  CHECK_FALSE(isolation.attach(thread.id()));
  CHECK_FALSE(isolation.release(thread.id()));
  CHECK(machine.root.get(machine.own / "cgroup.threads") != left);
  CHECK(machine.root.get(machine.own / "g/cgroup.threads") != entered);
}

TEST_CASE("version 2 makes a threaded group of least weight, and writes the thread's number") {
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

TEST_CASE("a real version 1 group takes a thread, gives it back, and is gone afterwards") {
  IsolationOptions options = only(IsolationKind::cgroup_v1);
  options.group_name = "pulse-test-" + std::to_string(getpid());
  Isolation isolation(options);
  if (!isolation.kind()) {
    MESSAGE("not run: " << isolation.refusals().at(0));
    return;
  }
  const Subject subject;
  const auto group = [&] {
    std::ifstream file("/proc/" + std::to_string(subject.id()) + "/cgroup");
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    return text.find(options.group_name) != std::string::npos;
  };
  CHECK_FALSE(group());
  CHECK_FALSE(isolation.attach(subject.id()));
  CHECK(group());
  CHECK_FALSE(isolation.release(subject.id()));
  CHECK_FALSE(group());
  CHECK_FALSE(isolation.attach(subject.id()));
  CHECK_FALSE(isolation.remove());  // with a thread still inside
  CHECK_FALSE(group());
  CHECK(isolation.attach(subject.id()).has_value());
  IsolationOptions again = options;
  CHECK(Isolation(again).kind() == IsolationKind::cgroup_v1);
}

TEST_CASE("a thread that has ended is released without complaint") {
  Isolation isolation(only(IsolationKind::sched_idle));
  pid_t ended = 0;
  {
    const Subject subject;
    ended = subject.id();
    REQUIRE_FALSE(isolation.attach(ended));
  }
  CHECK_FALSE(isolation.release(ended));
  isolation.forget(ended);
  CHECK_FALSE(isolation.is_isolated(ended));
}

TEST_CASE("an intervention logs what becomes worse, and isolates by thread") {
  struct Lines : pulse::LogSink {
    std::vector<std::string> lines;
    void write(std::string_view line) noexcept override { lines.emplace_back(line); }
  } sink;
  Isolation isolation(only(IsolationKind::sched_idle));
  pulse::Intervention intervention(sink, &isolation);
  intervention.on_tier_change({}, pulse::TaskId{42}, pulse::Tier::monitor, pulse::Tier::warn);
  intervention.on_tier_change({}, pulse::TaskId{42}, pulse::Tier::warn, pulse::Tier::monitor);
  CHECK(sink.lines == std::vector<std::string>{"task 42 moved from tier monitor to warn"});
  CHECK(intervention.warnings() == 1);
  const Subject subject;
  CHECK(intervention.isolate(subject.id()));
  CHECK(isolation.is_isolated(subject.id()));
  CHECK(intervention.release(subject.id()));
  CHECK_FALSE(isolation.is_isolated(subject.id()));
  pulse::Intervention without(sink);
  CHECK_FALSE(without.isolate(subject.id()));
}
