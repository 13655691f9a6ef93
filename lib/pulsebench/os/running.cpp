#include "pulsebench/os/running.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "pulsebench/os/exec.hpp"
#include "pulsebench/os/file_io.hpp"
#include "pulsebench/os/pipe.hpp"

namespace pulsebench::os {

struct Running::System {
  int pid;
  Descriptor gone, output, errors;
};

namespace {

using std::chrono::milliseconds;

constexpr milliseconds kTimeToEnd{2000};
/// A build tool such as ninja ends its compilers, which are in groups of their own, when it
/// receives SIGTERM; the shell above it is gone sooner.
constexpr milliseconds kTimeToFollow{100};

/// What the child needs, allocated before the fork.
struct Image {
  std::vector<std::string> arguments, variables;
  std::vector<char*> argv, envp;
  std::string folder;
  Descriptor nothing, log;
  Pipe output, errors, failure;
};

Result<Image> prepare(const Command& command) {
  Image image{.arguments = command.argv,
              .variables = environment_with(command.environment),
              .argv = {},
              .envp = {},
              .folder = command.folder.string(),
              .nothing = Descriptor{::open("/dev/null", O_RDWR | O_CLOEXEC)},
              .log = {},
              .output = {},
              .errors = {},
              .failure = {}};
  if (!command.log.empty()) {
    // Nobody else's file is overwritten through a link that lies in its place.
    constexpr int kFlags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW;
    image.log = Descriptor{::open(command.log.c_str(), kFlags, 0644)};
    if (!image.log.open()) return io_failure("write", command.log, errno);
  }
  if (!image.nothing.open() || !image.output.make() || !image.errors.make() ||
      !image.failure.make()) {
    return fail(ErrorCode::io, fmt::format("cannot make a pipe for {}: {}", command.argv.front(),
                                           std::generic_category().message(errno)));
  }
  image.argv = pointers_to(image.arguments);
  image.envp = pointers_to(image.variables);
  return image;
}

/// Between vfork and exec: system calls only.
[[noreturn]] void become_program(const Image& image, int parent) {
  const bool logs = image.log.open();
  int nothing = -1, out = -1, err = -1;
  int failure = image.failure.write_end.number();
  bool ready = (nothing = lifted(image.nothing.number())) >= 0 &&
               (out = lifted((logs ? image.log : image.output.write_end).number())) >= 0 &&
               (err = logs ? out : lifted(image.errors.write_end.number())) >= 0 &&
               (failure = lifted(failure)) >= 0;
  if (!ready) failure = image.failure.write_end.number();
  if (ready) {
    begin_child(parent, SIGTERM);
    ready = place(nothing, STDIN_FILENO) && place(out, STDOUT_FILENO) && place(err, STDERR_FILENO);
  }
  if (ready && (image.folder.empty() || ::chdir(image.folder.c_str()) == 0)) {
    ::execvpe(image.argv.front(), image.argv.data(), image.envp.data());
  }
  const int error = errno;
  [[maybe_unused]] const ssize_t written = ::write(failure, &error, sizeof error);
  ::_exit(127);
}

}  // namespace

Running::Running(std::unique_ptr<System> system) : system_(std::move(system)) {}

Running::Running(Running&& other) noexcept = default;

Running::~Running() {
  if (!system_) return;
  ::kill(-system_->pid, SIGTERM);
  pollfd gone{system_->gone.number(), POLLIN, 0};
  ::poll(&gone, 1, static_cast<int>(kTimeToEnd.count()));
  ::poll(nullptr, 0, static_cast<int>(kTimeToFollow.count()));
  ::kill(-system_->pid, SIGKILL);
  (void)exit_code();
}

Descriptor Running::take_output() { return std::move(system_->output); }
Descriptor Running::take_errors() { return std::move(system_->errors); }

int Running::gone() const { return system_->gone.number(); }

bool Running::has_ended() const {
  siginfo_t info{};
  constexpr int kOptions = WEXITED | WNOHANG | WNOWAIT;
  return ::waitid(P_PID, static_cast<id_t>(system_->pid), &info, kOptions) != 0 || info.si_pid != 0;
}

int Running::exit_code() {
  int status = 0;
  while (::waitpid(system_->pid, &status, 0) < 0 && errno == EINTR) {
  }
  system_.reset();
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

Result<Running> start_program(const Command& command, int& error) {
  auto image = prepare(command);
  error = errno;
  if (!image) return Failure{image.error()};
  const auto refuse = [&] {
    return fail(error == ENOENT ? ErrorCode::not_found : ErrorCode::child_failed,
                fmt::format("cannot start {}: {}", command.argv.front(),
                            std::generic_category().message(error)));
  };
  const int parent = ::getpid();
  const int pid = ::vfork();  // NOLINT(clang-analyzer-security.insecureAPI.vfork): become_program
  error = errno;
  if (pid < 0) return refuse();
  if (pid == 0) become_program(*image, parent);
  image->failure.write_end.reset();
  ssize_t got = 0;
  do {
    got = ::read(image->failure.read_end.number(), &error, sizeof error);
  } while (got < 0 && errno == EINTR);
  if (got != sizeof error) {
    Descriptor gone{static_cast<int>(::syscall(SYS_pidfd_open, pid, 0))};
    return Running{std::make_unique<Running::System>(
        Running::System{pid, std::move(gone), std::move(image->output.read_end),
                        std::move(image->errors.read_end)})};
  }
  while (::waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
  }
  return refuse();
}

}  // namespace pulsebench::os
