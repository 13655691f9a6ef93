#include "pulsebench/harness/exact.hpp"

#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>
#if __has_include(<valgrind/callgrind.h>)
#include <valgrind/callgrind.h>
#endif

#include <cerrno>
#include <csignal>
#include <cstring>
#include <string>
#include <utility>

#include "pulsebench/harness/calibrate.hpp"

namespace pulsebench::harness {
namespace {

wire::Event failed(const wire::CountExactly& ask, std::string reason) {
  return wire::Failed{.id = ask.id, .status = Status::failed, .reason = std::move(reason)};
}

/// Numbers of operations to count, with injected work as in a visit. They are computed before the
/// counting, because that takes instructions too.
struct Amounts {
  explicit Amounts(const wire::CountExactly& ask)
      : once(with_injected(ask.operations, ask.inject_percent)),
        twice(with_injected(2 * ask.operations, ask.inject_percent)) {}

  std::uint64_t once, twice;
};

wire::Event under_callgrind(const wire::CountExactly& ask, const Batch& batch) {
#if defined(CALLGRIND_TOGGLE_COLLECT)
  if (RUNNING_ON_VALGRIND == 0) return failed(ask, "the suite does not run under valgrind");
  const Amounts amounts{ask};
  batch.run(batch.operation, amounts.once);  // effects of a first call have happened
  CALLGRIND_ZERO_STATS;
  CALLGRIND_TOGGLE_COLLECT;
  batch.run(batch.operation, amounts.once);
  CALLGRIND_TOGGLE_COLLECT;
  CALLGRIND_DUMP_STATS_AT("once");  // and restarts from zero
  CALLGRIND_TOGGLE_COLLECT;
  batch.run(batch.operation, amounts.twice);
  CALLGRIND_TOGGLE_COLLECT;
  CALLGRIND_DUMP_STATS_AT("twice");
  return wire::CountedExactly{.id = ask.id, .once = 0, .twice = 0};
#else
  (void)batch;
  return failed(ask, "the harness was built without valgrind's headers");
#endif
}

wire::Event step_by_step(const wire::CountExactly& ask, const Batch& batch) {
  const Amounts amounts{ask};
  const auto steps = [&](std::uint64_t times) {
    return steps_of([&] { batch.run(batch.operation, times); }, ask.most_steps);
  };
  batch.run(batch.operation, ask.operations);
  const auto once = steps(amounts.once);
  if (!once) return failed(ask, once.error().message);
  const auto twice = steps(amounts.twice);
  if (!twice) return failed(ask, twice.error().message);
  return wire::CountedExactly{.id = ask.id, .once = *once, .twice = *twice};
}

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

wire::Event count_exactly(const wire::CountExactly& ask, const Batch& batch) {
  return ask.stepping ? step_by_step(ask, batch) : under_callgrind(ask, batch);
}

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
