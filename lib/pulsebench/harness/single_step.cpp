#include "pulsebench/harness/single_step.hpp"

#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <string>

namespace pulsebench::harness {
namespace {

[[noreturn]] void run_traced(const std::function<void()>& run) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) != 0) _exit(126);
  raise(SIGSTOP);
  run();
  raise(SIGSTOP);
  _exit(0);
}

Failure failed(const std::string& what) {
  return fail(ErrorCode::child_failed, "single stepping failed: " + what);
}

/// Counts the steps from the first SIGSTOP to the second.
Result<std::uint64_t> step(pid_t process, std::uint64_t most_steps) {
  int status = 0;
  waitpid(process, &status, 0);
  if (!WIFSTOPPED(status)) return failed("ptrace is forbidden here");
  for (std::uint64_t steps = 0; steps < most_steps; ++steps) {
    if (ptrace(PTRACE_SINGLESTEP, process, nullptr, nullptr) != 0) {
      return failed(std::strerror(errno));
    }
    waitpid(process, &status, 0);
    if (!WIFSTOPPED(status)) return failed("the copy of the process died");
    if (WSTOPSIG(status) == SIGSTOP) return steps;
    if (WSTOPSIG(status) != SIGTRAP) {
      return failed("the operation was stopped by signal " + std::to_string(WSTOPSIG(status)));
    }
  }
  return failed("more than " + std::to_string(most_steps) + " instructions; install valgrind");
}

}  // namespace

Result<std::uint64_t> steps_of(const std::function<void()>& run, std::uint64_t most_steps) {
  const pid_t process = fork();
  if (process < 0) return failed(std::strerror(errno));
  if (process == 0) run_traced(run);
  auto steps = step(process, most_steps);
  kill(process, SIGKILL);
  waitpid(process, nullptr, 0);
  return steps;
}

}  // namespace pulsebench::harness
