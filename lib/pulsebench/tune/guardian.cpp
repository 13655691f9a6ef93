#include "pulsebench/tune/guardian.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <system_error>

#include <fmt/format.h>

#include "pulsebench/os/pipe.hpp"
#include "pulsebench/os/watcher.hpp"

namespace pulsebench::tune {
namespace {

[[noreturn]] void run_guardian(const std::function<void(int)>& when_alone, int alive, int journal,
                               int lock) {
  os::become_watcher("pulsebench-guar", {&alive, &journal, &lock});
  char byte = 0;
  ssize_t got = 0;
  while ((got = ::read(alive, &byte, 1)) < 0 && errno == EINTR) {
  }
  if (got == 0) when_alone(journal);
  ::_exit(0);
}

}  // namespace

Result<Guardian> Guardian::start(const std::function<void(int)>& when_alone, int journal,
                                 int lock) {
  os::Pipe alive;
  if (!alive.make()) {
    return fail(ErrorCode::io, fmt::format("cannot create a pipe to the guardian: {}",
                                           std::generic_category().message(errno)));
  }
  const int pid = ::fork();
  if (pid == 0) {
    alive.write_end.reset();
    run_guardian(when_alone, alive.read_end.number(), journal, lock);
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
