#include <doctest/doctest.h>
#include <sched.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <thread>

#include "pulse/isolation.hpp"

namespace {

/// Without root's privileges, this thread alone: by the bare system call, since glibc's changes
/// all.
void drop_privileges() {
  constexpr unsigned kNobody = 65534;
  if (geteuid() == 0) {
    REQUIRE(syscall(SYS_setresuid, kNobody, kNobody, kNobody) == 0);
  }
}

}  // namespace

// Where RLIMIT_NICE is 0, as usual, an unprivileged thread that entered SCHED_IDLE or a higher nice
// value has no way back (sched(7), setpriority(2)).
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
