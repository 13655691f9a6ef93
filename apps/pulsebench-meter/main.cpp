// pulsebench-meter PROGRAM [ARGUMENT]...
//
// Runs a program to its end and writes what it took to descriptor 4, as one line of JSON: wall,
// user and system time in nanoseconds, peak resident memory in bytes, page faults. It exits as the
// program does. It is a program of its own, and a small one, because the kernel counts the resident
// memory of whoever starts a program towards that program's peak.

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <ctime>

namespace {

constexpr int kReport = 4;
constexpr int kRequests = 3;
constexpr int kUsage = 2;
constexpr int kNotStarted = 127;

std::int64_t now_ns() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

std::int64_t ns_of(const timeval& time) {
  return std::int64_t{time.tv_sec} * 1'000'000'000 + std::int64_t{time.tv_usec} * 1'000;
}

/// The child's part: its output is not read, and costs what /dev/null costs.
[[noreturn]] void become(char** words) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);  // NOLINT: a system call
  if (nowhere >= 0) dup2(nowhere, STDOUT_FILENO);
  execv(words[0], words);
  dprintf(STDERR_FILENO, "cannot start %s: %s\n", words[0], std::strerror(errno));
  _exit(kNotStarted);
}

void report(std::int64_t wall, const rusage& used) {
  const std::int64_t user = ns_of(used.ru_utime);
  const std::int64_t system = ns_of(used.ru_stime);
  dprintf(kReport,
          "{\"metrics\":{\"wall\":%lld,\"cpu\":%lld,\"user\":%lld,\"system\":%lld,"
          "\"max_rss\":%lld,\"minor_faults\":%ld,\"major_faults\":%ld}}\n",
          static_cast<long long>(wall),
          static_cast<long long>(user) + static_cast<long long>(system),
          static_cast<long long>(user), static_cast<long long>(system),
          static_cast<long long>(used.ru_maxrss) * 1024, used.ru_minflt, used.ru_majflt);
}

}  // namespace

int main(int count, char** words) {
  if (count < 2 || fcntl(kReport, F_SETFD, FD_CLOEXEC) != 0) {
    dprintf(STDERR_FILENO, "pulsebench-meter measures commands for pulsebench, which starts it\n");
    return kUsage;
  }
  fcntl(kRequests, F_SETFD, FD_CLOEXEC);
  const std::int64_t start = now_ns();
  const pid_t child = vfork();
  if (child == 0) become(words + 1);
  if (child < 0) {
    dprintf(STDERR_FILENO, "cannot start %s: %s\n", words[1], std::strerror(errno));
    return kNotStarted;
  }
  int status = 0;
  rusage used{};
  while (wait4(child, &status, 0, &used) < 0 && errno == EINTR) {
  }
  const std::int64_t wall = now_ns() - start;
  if (WIFSIGNALED(status)) {
    signal(WTERMSIG(status), SIG_DFL);
    const rlimit no_core{};
    setrlimit(RLIMIT_CORE, &no_core);
    raise(WTERMSIG(status));
  }
  report(wall, used);
  return WEXITSTATUS(status);
}
