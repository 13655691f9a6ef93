#include "pulse/isolation_method.hpp"

#include <doctest/doctest.h>

#include <map>

#include "pulse/isolation.hpp"

using namespace pulse;

namespace {

/// A system with threads 1 and 2; calls for others fail.
struct FakeSystem {
  std::map<pid_t, int> priorities{{1, 0}, {2, 5}};

  ThreadPriorities access() {
    const auto unknown = [this](pid_t thread) { return priorities.count(thread) == 0; };
    return {[=, this](pid_t thread, int& priority) -> std::optional<std::string> {
              if (unknown(thread)) return "no such thread";
              priority = priorities[thread];
              return std::nullopt;
            },
            [=, this](pid_t thread, int priority) -> std::optional<std::string> {
              if (unknown(thread)) return "no such thread";
              priorities[thread] = priority;
              return std::nullopt;
            },
            -15};
  }
};

}  // namespace

TEST_CASE("a thread of another system gets the idle priority, and is restored") {
  FakeSystem system;
  const auto method = make_priority_method(system.access());
  CHECK(method->kind() == IsolationKind::thread_priority);
  ThreadState before;
  CHECK_FALSE(method->read(2, before).has_value());
  CHECK_FALSE(method->enter(2).has_value());
  CHECK(system.priorities[2] == -15);
  CHECK(system.priorities[1] == 0);
  CHECK_FALSE(method->leave(2, before).has_value());
  CHECK(system.priorities[2] == 5);
}

TEST_CASE("an error of another system is reported with its message") {
  FakeSystem system;
  const auto method = make_priority_method(system.access());
  ThreadState before;
  CHECK(method->read(3, before) == "no such thread");
  CHECK(method->enter(3) == "no such thread");
}
