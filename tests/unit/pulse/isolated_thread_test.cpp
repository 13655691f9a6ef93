// On this machine's kernel: a thread can be restored only with the privilege for it.
#include <doctest/doctest.h>
#include <sched.h>
#include <sys/resource.h>

#include <filesystem>
#include <fstream>

#include "pulse/intervention.hpp"
#include "skip.hpp"
#include "waiting_thread.hpp"

using pulse::Isolation;
using pulse::IsolationKind;
using pulse::IsolationOptions;

TEST_CASE("each scheduling method isolates the given thread, and restores it") {
  const Subject subject;
  const int own_policy = sched_getscheduler(0);
  for (const auto kind : {IsolationKind::sched_idle, IsolationKind::sched_batch}) {
    Isolation isolation(only(kind));
    if (!isolation.kind()) PULSEBENCH_SKIP(isolation.refusals().at(0));
    CHECK_FALSE(isolation.attach(subject.id()));
    CHECK(sched_getscheduler(subject.id()) ==
          (kind == IsolationKind::sched_idle ? SCHED_IDLE : SCHED_BATCH));
    CHECK(sched_getscheduler(0) == own_policy);
    CHECK_FALSE(isolation.release(subject.id()));
    CHECK(sched_getscheduler(subject.id()) == own_policy);
  }
}

TEST_CASE("a release by another thread restores the isolated thread") {
  const Subject subject;
  Isolation isolation(only(IsolationKind::sched_idle));
  if (!isolation.kind()) PULSEBENCH_SKIP(isolation.refusals().at(0));
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

TEST_CASE("affinity and nice are restored exactly") {
  const Subject subject;
  cpu_set_t before;
  REQUIRE(sched_getaffinity(subject.id(), sizeof before, &before) == 0);
  {
    Isolation isolation(only(IsolationKind::affinity));
    REQUIRE_FALSE(isolation.attach(subject.id()));
    cpu_set_t inside;
    REQUIRE(sched_getaffinity(subject.id(), sizeof inside, &inside) == 0);
    CHECK(CPU_COUNT(&inside) == 1);
  }  // the destructor releases
  cpu_set_t after;
  REQUIRE(sched_getaffinity(subject.id(), sizeof after, &after) == 0);
  CHECK(CPU_EQUAL(&before, &after));

  Isolation isolation(only(IsolationKind::nice));
  if (!isolation.kind()) PULSEBENCH_SKIP(isolation.refusals().at(0));
  REQUIRE(setpriority(PRIO_PROCESS, static_cast<id_t>(subject.id()), 3) == 0);
  REQUIRE_FALSE(isolation.attach(subject.id()));
  CHECK(getpriority(PRIO_PROCESS, static_cast<id_t>(subject.id())) == 19);
  REQUIRE_FALSE(isolation.release(subject.id()));
  CHECK(getpriority(PRIO_PROCESS, static_cast<id_t>(subject.id())) == 3);
}

TEST_CASE("attaching twice isolates once, and releasing an unknown thread does nothing") {
  const Subject subject;
  Isolation isolation(only(IsolationKind::sched_idle));
  if (!isolation.kind()) PULSEBENCH_SKIP(isolation.refusals().at(0));
  CHECK_FALSE(isolation.release(subject.id()));
  CHECK_FALSE(isolation.attach(subject.id()));
  CHECK_FALSE(isolation.attach(subject.id()));
  CHECK(isolation.is_isolated(subject.id()));
  CHECK_FALSE(isolation.release(subject.id()));
  CHECK_FALSE(isolation.is_isolated(subject.id()));
  CHECK(sched_getscheduler(subject.id()) == SCHED_OTHER);
}

TEST_CASE("a real version 1 group isolates a thread, restores it, and is removed") {
  IsolationOptions options = only(IsolationKind::cgroup_v1);
  options.group_name = "pulse-test-" + std::to_string(getpid());
  Isolation isolation(options);
  if (!isolation.kind()) PULSEBENCH_SKIP(isolation.refusals().at(0));
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
  CHECK_FALSE(isolation.remove());  // with an isolated thread
  CHECK_FALSE(group());
  CHECK(isolation.attach(subject.id()).has_value());
  IsolationOptions again = options;
  CHECK(Isolation(again).kind() == IsolationKind::cgroup_v1);
}

TEST_CASE("releasing a thread that has ended is not an error") {
  Isolation isolation(only(IsolationKind::sched_idle));
  if (!isolation.kind()) PULSEBENCH_SKIP(isolation.refusals().at(0));
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

TEST_CASE("an intervention isolates and releases the given thread") {
  struct Silent : pulse::LogSink {
    void write(std::string_view) noexcept override {}
  } sink;
  Isolation isolation(only(IsolationKind::sched_idle));
  if (!isolation.kind()) PULSEBENCH_SKIP(isolation.refusals().at(0));
  pulse::Intervention intervention(sink, &isolation);
  const Subject subject;
  CHECK(intervention.isolate(subject.id()));
  CHECK(isolation.is_isolated(subject.id()));
  CHECK(intervention.release(subject.id()));
  CHECK_FALSE(isolation.is_isolated(subject.id()));
}
