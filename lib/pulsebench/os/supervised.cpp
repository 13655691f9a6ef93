#include "pulsebench/os/supervised.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <system_error>

#include <fmt/format.h>

#include "pulsebench/os/cpu_set.hpp"
#include "pulsebench/os/exec.hpp"
#include "pulsebench/os/file_io.hpp"
#include "pulsebench/os/pipe.hpp"
#include "pulsebench/os/proc_status.hpp"
#include "pulsebench/os/watcher.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::os {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds kBetweenKills{1};
constexpr int kMostKills = 5000;

/// What the supervisor writes: how the start went, and later how the program ended.
struct Report {
  enum class Kind : int { started, refused, ended } kind;
  int value;  ///< process id, errno, status of waitpid
};

void write_report(int descriptor, Report report) {
  [[maybe_unused]] const ssize_t written = ::write(descriptor, &report, sizeof report);
}

std::optional<Report> read_report(const Descriptor& from) {
  Report report{};
  ssize_t got = 0;
  while ((got = ::read(from.number(), &report, sizeof report)) < 0 && errno == EINTR) {
  }
  return got == sizeof report ? std::optional{report} : std::nullopt;
}

/// In the supervisor's child.
[[noreturn]] void become_program(const SupervisedCommand& command, int log, int failure,
                                 int supervisor) {
  begin_child(supervisor, SIGKILL);
  for (const int signal : {SIGHUP, SIGQUIT, SIGTSTP, SIGUSR1, SIGUSR2, SIGCHLD}) {
    std::signal(signal, SIG_DFL);
  }
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  const rlimit no_core{0, 0};
  ::setrlimit(RLIMIT_CORE, &no_core);
  auto arguments = command.argv;
  auto variables = environment_with(command.environment);
  const auto argv = pointers_to(arguments);
  const auto envp = pointers_to(variables);
  const bool ready = place(log, STDOUT_FILENO) && place(log, STDERR_FILENO);
  if (!command.cpus.empty()) {
    const cpu_set_t cpus = cpu_set_of(command.cpus);
    // A sandbox or a partition of the CPUs may not permit it; then it runs where we may run.
    ::sched_setaffinity(0, sizeof cpus, &cpus);
  }
  if (ready && (command.folder.empty() || ::chdir(command.folder.c_str()) == 0)) {
    ::execvpe(argv.front(), argv.data(), envp.data());
  }
  const int error = errno;
  [[maybe_unused]] const ssize_t written = ::write(failure, &error, sizeof error);
  ::_exit(127);
}

/// Starts the program and reports it. Returns its process id, or -1.
int start_program(const SupervisedCommand& command, int log, int reports) {
  Pipe failure;
  int error = 0;
  const int supervisor = ::getpid();
  const int pid = failure.make() ? ::fork() : -1;
  if (pid == 0) become_program(command, log, failure.write_end.number(), supervisor);
  if (pid < 0) {
    write_report(reports, {Report::Kind::refused, errno});
    return -1;
  }
  failure.write_end.reset();
  const bool failed = ::read(failure.read_end.number(), &error, sizeof error) == sizeof error;
  write_report(reports,
               failed ? Report{Report::Kind::refused, error} : Report{Report::Kind::started, pid});
  return failed ? -1 : pid;
}

/// Reaps what has ended. Returns true if the program has.
bool reap(int program, int reports) {
  bool ended = false;
  int status = 0;
  for (int pid = 0; (pid = ::waitpid(-1, &status, WNOHANG)) > 0;) {
    if (pid != program) continue;
    write_report(reports, {Report::Kind::ended, status});
    ended = true;
  }
  return ended;
}

/// Processes whose parent is killed become children of this one, and are killed next. Those that
/// can be seen now are killed first: emulators may refuse to make this process the one that adopts.
void kill_all(int program) {
  for (const int process : descendants_of(::getpid())) ::kill(process, SIGKILL);
  if (program > 0) ::kill(-program, SIGKILL);  // all there is to do if the kernel lists no children
  for (int round = 0; round < kMostKills; ++round) {
    for (const int child : children_of(::getpid())) ::kill(child, SIGKILL);
    const int waited = ::waitpid(-1, nullptr, WNOHANG);
    if (waited < 0 && errno == ECHILD) return;
    if (waited == 0) ::poll(nullptr, 0, static_cast<int>(kBetweenKills.count()));
  }
}

void note_child(int) {}

/// Until the other end of `control` is closed.
[[noreturn]] void supervise(const SupervisedCommand& command, int log, int control, int reports) {
  become_watcher("pulsebench-supe", {&log, &control, &reports});
  ::prctl(PR_SET_CHILD_SUBREAPER, 1);
  sigset_t child;
  sigemptyset(&child);
  sigaddset(&child, SIGCHLD);
  sigset_t before;
  ::sigprocmask(SIG_BLOCK, &child, &before);
  sigdelset(&before, SIGCHLD);
  struct sigaction action {};
  action.sa_handler = note_child;  // so that it ends the wait below
  ::sigaction(SIGCHLD, &action, nullptr);
  int program = start_program(command, log, reports);
  if (program < 0) ::_exit(1);
  ::close(log);
  for (pollfd asked{control, POLLIN, 0};;) {
    if (reap(program, reports)) program = -1;
    const int ready = ::ppoll(&asked, 1, nullptr, &before);
    if (ready <= 0) continue;
    unsigned char signal = 0;
    if (::read(control, &signal, 1) == 0) break;
    if (program > 0) ::kill(program, signal);
  }
  kill_all(program);
  std::error_code ignored;
  if (!command.scratch.empty()) std::filesystem::remove_all(command.scratch, ignored);
  ::_exit(0);
}

Failure refusal(const SupervisedCommand& command, int error) {
  return fail(error == ENOENT ? ErrorCode::not_found : ErrorCode::child_failed,
              fmt::format("cannot start {}: {}", printable(command.argv.front()),
                          std::generic_category().message(error)));
}

}  // namespace

Result<Supervised> Supervised::start(const SupervisedCommand& command) {
  constexpr int kFlags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW | O_APPEND;
  const Descriptor log{::open(command.log.c_str(), kFlags, 0644)};
  if (!log.open()) return io_failure("write", command.log, errno);
  // A socket for the control, which is written to without a SIGPIPE.
  std::array<int, 2> ends{-1, -1};
  Pipe control;
  Pipe reports;
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0 ||
      !control.take(ends) || !reports.make()) {
    return refusal(command, errno);
  }
  const int pid = ::fork();
  if (pid == 0) {
    control.write_end.reset();
    supervise(command, log.number(), control.read_end.number(), reports.write_end.number());
  }
  if (pid < 0) return refusal(command, errno);
  reports.write_end.reset();
  Supervised started{pid, std::move(control.write_end), std::move(reports.read_end)};
  const auto report = read_report(started.reports_);
  if (!report) return refusal(command, ECHILD);
  if (report->kind == Report::Kind::refused) return refusal(command, report->value);
  started.program_ = report->value;
  return started;
}

Supervised& Supervised::operator=(Supervised&& other) noexcept {
  if (this == &other) return *this;
  end();
  supervisor_ = std::exchange(other.supervisor_, -1);
  program_ = other.program_;
  control_ = std::move(other.control_);
  reports_ = std::move(other.reports_);
  wait_status_ = other.wait_status_;
  return *this;
}

void Supervised::signal(int signal) {
  const auto byte = static_cast<unsigned char>(signal);
  ::send(control_.number(), &byte, 1, MSG_NOSIGNAL);
}

bool Supervised::wait(milliseconds patience, int interrupt) {
  const auto until = Clock::now() + patience;
  while (!wait_status_) {
    const auto left = std::chrono::ceil<milliseconds>(until - Clock::now());
    std::array<pollfd, 2> polled{{{reports_.number(), POLLIN, 0}, {interrupt, POLLIN, 0}}};
    const int most = static_cast<int>(std::max<milliseconds::rep>(left.count(), 0));
    const int ready = ::poll(polled.data(), polled.size(), most);
    if (ready < 0 && errno == EINTR) continue;
    if (polled[0].revents == 0) return false;
    const auto report = read_report(reports_);
    wait_status_ = report ? report->value : SIGKILL;  // without its supervisor it was killed
  }
  return true;
}

std::string Supervised::how_it_ended() const {
  const int status = wait_status_.value_or(0);
  if (!WIFSIGNALED(status)) return fmt::format("it exited with code {}", WEXITSTATUS(status));
  const char* const name = ::sigabbrev_np(WTERMSIG(status));
  return name == nullptr ? fmt::format("signal {} ended it", WTERMSIG(status))
                         : fmt::format("SIG{} ended it", name);
}

std::vector<int> Supervised::processes() const { return descendants_of(supervisor_); }

void Supervised::end() {
  if (supervisor_ <= 0) return;
  control_.reset();
  while (::waitpid(supervisor_, nullptr, 0) < 0 && errno == EINTR) {
  }
  supervisor_ = -1;
}

}  // namespace pulsebench::os
