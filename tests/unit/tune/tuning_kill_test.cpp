#include <fcntl.h>
#include <sys/file.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <thread>

#include <doctest/doctest.h>

#include "fake_tree.hpp"
#include "pulsebench/tune/tuning.hpp"
#include "skip.hpp"
#include "tuned_tree.hpp"

// A process that tunes and restores a machine is killed at every step: before and after each of its
// system calls, which ptrace counts.

using namespace pulsebench;
using namespace pulsebench::tune;
using namespace std::chrono_literals;

namespace {

// Every fifth step is tried: by turns before a system call and after one. At night all are, where
// STRIDE is 1.
int stride() {
  const char* text = std::getenv("STRIDE");
  return text == nullptr ? 5 : std::atoi(text);
}

const machine::Placement kOnCpu3{{3}, {0, 2}, "", ""};

/// The guardian is killed with the traced process, or not.
enum class GuardianFate { lives, dies };

struct Outcome {
  bool finished = false;  ///< the process exited before the step
  bool guarded = false;   ///< a guardian had been started
};

TuneContext context_of(const FakeTree& tree) {
  auto context = TuneContext::of(tree.roots());
  context.patience = 0ms;
  return context;
}

/// Runs in the traced process. Only the steps after its SIGSTOP count.
[[noreturn]] void tune_and_put_back(const FakeTree& tree, bool keep) {
  const auto context = context_of(tree);
  ::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr);
  ::raise(SIGSTOP);
  {
    auto tuning = Tuning::begin(context, kOnCpu3, keep ? Until::restored : Until::end_of_run);
    if (keep && !tuning.keep()) ::_exit(2);
  }
  ::_exit(0);
}

/// One setting of each kind, since the work grows with the square of the steps.
void put_small_machine(const FakeTree& tree, unsigned seed) {
  put_tunable_machine(tree, seed);
  for (const char* gone :
       {"sys/devices/system/cpu/cpufreq/policy0", "sys/devices/system/cpu/cpufreq/policy1",
        "sys/devices/system/cpu/cpufreq/policy2", "proc/irq/26", "proc/irq/27", "proc/irq/28",
        "proc/irq/29", "proc/sys/kernel/timer_migration", "proc/sys/kernel/numa_balancing",
        "proc/sys/vm/stat_interval", "sys/kernel/mm/ksm"}) {
    tree.remove(gone);
  }
  tree.put("proc/sys/vm/swappiness", "60\n");
}

/// True if a process of this user may be traced.
bool may_trace() {
  const int pid = ::fork();
  if (pid == 0) ::_exit(::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) == 0 ? 0 : 1);
  int status = 0;
  return ::waitpid(pid, &status, 0) == pid && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/// Runs to system-call stop number `step`, then kills.
Outcome kill_at(const FakeTree& tree, int step, GuardianFate fate, bool keep) {
  Outcome outcome;
  const int pid = ::fork();
  if (pid == 0) tune_and_put_back(tree, keep);
  int status = 0;
  REQUIRE(::waitpid(pid, &status, 0) == pid);
  REQUIRE(WIFSTOPPED(status));
  const long options = PTRACE_O_EXITKILL | PTRACE_O_TRACESYSGOOD |
                       (fate == GuardianFate::dies ? PTRACE_O_TRACEFORK : 0);
  REQUIRE(::ptrace(PTRACE_SETOPTIONS, pid, nullptr, options) == 0);
  for (int at = 0; at < step;) {
    ::ptrace(PTRACE_SYSCALL, pid, nullptr, nullptr);
    if (::waitpid(pid, &status, 0) != pid) FAIL("the traced process is lost");
    if (WIFEXITED(status)) {
      REQUIRE(WEXITSTATUS(status) == 0);
      outcome.finished = true;
      return outcome;
    }
    if (!WIFSTOPPED(status)) FAIL("the traced process was killed");
    if (status >> 8 == (SIGTRAP | (PTRACE_EVENT_FORK << 8))) {
      unsigned long guardian = 0;
      REQUIRE(::ptrace(PTRACE_GETEVENTMSG, pid, nullptr, &guardian) == 0);
      ::kill(static_cast<int>(guardian), SIGKILL);
      ::waitpid(static_cast<int>(guardian), nullptr, __WALL);
      continue;
    }
    ++at;
  }
  ::kill(pid, SIGKILL);
  REQUIRE(::waitpid(pid, &status, 0) == pid);
  return outcome;
}

/// Blocks until the lock is free: a guardian, if there is one, has finished.
void wait_for_guardian(const FakeTree& tree) {
  const auto lock = tree.top() / "run/pulsebench/tune.lock";
  const int fd = ::open(lock.c_str(), O_RDWR | O_CLOEXEC);
  if (fd < 0) return;  // killed before there was a lock
  REQUIRE(::flock(fd, LOCK_EX) == 0);
  ::close(fd);
}

}  // namespace

TEST_CASE("after a kill at any step of a run, the guardian restores every file byte for byte") {
  if (!may_trace()) PULSEBENCH_SKIP("ptrace is forbidden here");
  const FakeTree tree;
  put_small_machine(tree, 11);
  const auto before = snapshot(tree);
  std::chrono::nanoseconds slowest{0};
  int step = 1;
  for (;; step += stride()) {
    CAPTURE(step);
    const auto outcome = kill_at(tree, step, GuardianFate::lives, false);
    const auto killed = std::chrono::steady_clock::now();
    wait_for_guardian(tree);
    slowest =
        std::max<std::chrono::nanoseconds>(slowest, std::chrono::steady_clock::now() - killed);
    REQUIRE(snapshot(tree) == before);
    if (outcome.finished) break;
  }
  CHECK(step > 200);
  MESSAGE(step << " steps; the slowest guardian took "
               << std::chrono::duration<double, std::milli>(slowest).count() << " ms");
}

TEST_CASE("after a kill at any step with its guardian, the next start restores every file") {
  if (!may_trace()) PULSEBENCH_SKIP("ptrace is forbidden here");
  const FakeTree tree;
  put_small_machine(tree, 12);
  const auto before = snapshot(tree);
  bool changed = false;
  for (int step = 1;; step += stride()) {
    CAPTURE(step);
    const auto outcome = kill_at(tree, step, GuardianFate::dies, false);
    changed = changed || snapshot(tree) != before;
    const auto recovery = tune_restore(context_of(tree));
    REQUIRE(recovery.has_value());
    REQUIRE(recovery->restored.left_alone.empty());
    REQUIRE(snapshot(tree) == before);
    if (outcome.finished) break;
  }
  CHECK(changed);
}

TEST_CASE("after a kill at any step of tune apply, the machine is restored or kept") {
  if (!may_trace()) PULSEBENCH_SKIP("ptrace is forbidden here");
  const FakeTree tree;
  put_small_machine(tree, 13);
  const auto before = snapshot(tree);
  int kept = 0;
  for (int step = 1;; step += stride()) {
    CAPTURE(step);
    const auto outcome = kill_at(tree, step, GuardianFate::lives, true);
    wait_for_guardian(tree);
    const auto journal = read_journal(context_of(tree).journal());
    REQUIRE(journal.has_value());
    const auto account = parse_journal(journal->value_or(""));
    const bool is_kept = account && account->kept;
    REQUIRE((snapshot(tree) == before) != is_kept);
    if (is_kept) ++kept;
    REQUIRE(tune_restore(context_of(tree)).has_value());
    REQUIRE(snapshot(tree) == before);
    if (outcome.finished) break;
  }
  CHECK(kept > 0);
}
