#include <doctest/doctest.h>
#include <sched.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <thread>

#include "pulse/isolation.hpp"

namespace {

/// Drops root's privileges of this thread only: by the raw system call, since glibc's changes all
/// threads.
void drop_privileges() {
  constexpr unsigned kNobody = 65534;
  if (geteuid() == 0) {
    REQUIRE(syscall(SYS_setresuid, kNobody, kNobody, kNobody) == 0);
  }
}

}  // namespace

// With the usual RLIMIT_NICE of 0, an unprivileged thread cannot leave SCHED_IDLE or lower its nice
// value (sched(7), setpriority(2)).
TEST_CASE("a thread that could not be restored is not isolated") {
  std::thread([] {
    drop_privileges();
    errno = 0;
    const int nice = getpriority(PRIO_PROCESS, 0);
    const int policy = sched_getscheduler(0);
    pulse::Isolation isolation;
    CHECK(isolation.kind().has_value());
    CHECK(sched_getscheduler(0) == policy);
    CHECK(getpriority(PRIO_PROCESS, 0) == nice);
    const auto self = static_cast<pid_t>(syscall(SYS_gettid));
    CHECK_FALSE(isolation.attach(self).has_value());
    CHECK_FALSE(isolation.release(self).has_value());
    CHECK(sched_getscheduler(0) == policy);
    CHECK(getpriority(PRIO_PROCESS, 0) == nice);
  }).join();
}
