// Priorities of threads as Windows has them; built for Windows only.
#include <windows.h>

#include <doctest/doctest.h>

#include <thread>

#include "pulse/isolation.hpp"
#include "pulse/isolation_method.hpp"

using namespace pulse;

TEST_CASE("the priority of a thread is lowered to the least one, and put back") {
  const ThreadPriorities priorities = thread_priorities();
  const pid_t self = priority_thread();
  int before = -1000;
  CHECK(priorities.read(self, before) == std::nullopt);
  CHECK(before == GetThreadPriority(GetCurrentThread()));
  CHECK(priorities.write(self, priorities.idle) == std::nullopt);
  CHECK(GetThreadPriority(GetCurrentThread()) == THREAD_PRIORITY_IDLE);
  CHECK(priorities.write(self, before) == std::nullopt);
  CHECK(GetThreadPriority(GetCurrentThread()) == before);
}

TEST_CASE("a thread that has ended needs no priority back, and has none to read") {
  const ThreadPriorities priorities = thread_priorities();
  pid_t ended = 0;
  std::thread([&] { ended = priority_thread(); }).join();
  int priority = 0;
  CHECK(priorities.read(ended, priority) != std::nullopt);
  CHECK(priorities.write(ended, 0) == std::nullopt);
}

TEST_CASE("this system isolates by priority, and gives the thread its own back") {
  Isolation isolation;
  REQUIRE(isolation.kind() == IsolationKind::thread_priority);
  const int before = GetThreadPriority(GetCurrentThread());
  CHECK(isolation.attach(priority_thread()) == std::nullopt);
  CHECK(GetThreadPriority(GetCurrentThread()) == THREAD_PRIORITY_IDLE);
  CHECK(isolation.release(priority_thread()) == std::nullopt);
  CHECK(GetThreadPriority(GetCurrentThread()) == before);
}
