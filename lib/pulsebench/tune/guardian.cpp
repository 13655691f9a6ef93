#include "pulsebench/tune/guardian.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <system_error>

#include <fmt/format.h>

#include "pulsebench/os/pipe.hpp"

namespace pulsebench::tune {
namespace {

void close_all_but(int a, int b) {
  const auto low = static_cast<unsigned>(std::min(a, b));
  const auto high = static_cast<unsigned>(std::max(a, b));
  if (low > 3) ::close_range(3, low - 1, 0);
  if (high > low + 1) ::close_range(low + 1, high - 1, 0);
  ::close_range(high + 1, ~0U, 0);
}

[[noreturn]] void run_guardian(const std::function<void()>& when_alone, int pipe, int keep) {
  // Above the standard descriptors, which are replaced below.
  const int alive = pipe > 2 ? pipe : ::fcntl(pipe, F_DUPFD, 3);
  const int kept = keep > 2 ? keep : ::fcntl(keep, F_DUPFD, 3);
  ::setsid();
  ::prctl(PR_SET_NAME, "pulsebench-guar");
  for (const int signal : {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGPIPE, SIGTSTP, SIGUSR1, SIGUSR2}) {
    std::signal(signal, SIG_IGN);
  }
  // A reader that waits for the end of our output must not wait for the guardian.
  const int nothing = ::open("/dev/null", O_RDWR);
  for (const int standard : {0, 1, 2}) {
    if (nothing < 0 || ::dup2(nothing, standard) < 0) ::close(standard);
  }
  close_all_but(alive, kept);
  char byte = 0;
  ssize_t got = 0;
  while ((got = ::read(alive, &byte, 1)) < 0 && errno == EINTR) {
  }
  if (got == 0) when_alone();
  ::_exit(0);
}

}  // namespace

Result<Guardian> Guardian::start(const std::function<void()>& when_alone, int keep) {
  os::Pipe alive;
  if (!alive.make()) {
    return fail(ErrorCode::io, fmt::format("cannot create a pipe to the guardian: {}",
                                           std::generic_category().message(errno)));
  }
  const int pid = ::fork();
  if (pid == 0) {
    alive.write_end.reset();
    run_guardian(when_alone, alive.read_end.number(), keep);
  }
  if (pid < 0) {
    return fail(ErrorCode::io, fmt::format("cannot start the guardian: {}",
                                           std::generic_category().message(errno)));
  }
  return Guardian{pid, std::move(alive.write_end)};
}

void Guardian::dismiss() {
  if (pipe_.open()) {
    // If the guardian was killed, SIGPIPE must not kill this process.
    const auto before = std::signal(SIGPIPE, SIG_IGN);
    [[maybe_unused]] const ssize_t written = ::write(pipe_.number(), "x", 1);
    std::signal(SIGPIPE, before);
    pipe_.reset();
  }
  const int pid = std::exchange(pid_, -1);
  if (pid <= 0) return;
  while (::waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
  }
}

}  // namespace pulsebench::tune
