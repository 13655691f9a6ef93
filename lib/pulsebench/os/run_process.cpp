#include "pulsebench/os/run_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <optional>
#include <system_error>

#include <fmt/format.h>

#include "pulsebench/os/exec.hpp"
#include "pulsebench/os/file_io.hpp"
#include "pulsebench/os/pipe.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::os {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr std::size_t kMostOutput = std::size_t{1} << 20U;
constexpr std::size_t kMostErrors = std::size_t{4} << 10U;
constexpr milliseconds kTimeToEnd{2000};
/// A build tool such as ninja ends its compilers, which are in groups of their own, when it
/// receives SIGTERM; the shell above it is gone sooner.
constexpr milliseconds kTimeToFollow{100};
constexpr milliseconds kLongestWait{60'000};
constexpr milliseconds kPause{20};  // where the kernel has no pidfd, which tells of the end

std::string text_of(milliseconds limit) {
  if (limit < std::chrono::seconds{1}) return fmt::format("{} ms", limit.count());
  if (limit < std::chrono::minutes{5}) return fmt::format("{} s", limit.count() / 1000);
  return fmt::format("{} minutes", limit.count() / 60'000);
}

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

/// A started program, which ends with this object.
class Running {
 public:
  explicit Running(int pid)
      : pid_(pid), gone_(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0))) {}
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;
  ~Running() {
    if (reaped_) return;
    ::kill(-pid_, SIGTERM);
    pollfd gone{gone_.number(), POLLIN, 0};
    ::poll(&gone, 1, static_cast<int>(kTimeToEnd.count()));
    ::poll(nullptr, 0, static_cast<int>(kTimeToFollow.count()));
    ::kill(-pid_, SIGKILL);
    (void)exit_code();
  }

  [[nodiscard]] const Descriptor& gone() const { return gone_; }

  [[nodiscard]] bool has_ended() const {
    siginfo_t info{};
    constexpr int kOptions = WEXITED | WNOHANG | WNOWAIT;
    return ::waitid(P_PID, static_cast<id_t>(pid_), &info, kOptions) != 0 || info.si_pid != 0;
  }

  /// Waits for the end.
  int exit_code() {
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    reaped_ = true;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }

 private:
  int pid_;
  Descriptor gone_;
  bool reaped_ = false;
};

/// One output of a program, read until it is closed.
struct Stream {
  Descriptor end;
  std::string text = {};

  [[nodiscard]] pollfd polled() const { return {end.number(), POLLIN, 0}; }

  /// Takes what there is to read.
  void drain() {
    std::array<char, 4096> piece{};
    const ssize_t got = ::read(end.number(), piece.data(), piece.size());
    if (got > 0) text.append(piece.data(), static_cast<std::size_t>(got));
    if (got == 0 || (got < 0 && errno != EINTR)) end.reset();
  }
};

/// Reads until the program closed its outputs and ended.
Result<CommandOutput> attend(const Command& command, Running& running, Stream out, Stream err) {
  const auto deadline = Clock::now() + command.limit;
  const auto unfinished = [&](const std::string& fact) {
    return fail(ErrorCode::child_failed, fmt::format("{} {}", command.argv.front(), fact));
  };
  for (bool ended = false; !ended || out.end.open() || err.end.open();) {
    const auto left = std::chrono::ceil<milliseconds>(deadline - Clock::now());
    if (left.count() <= 0) return unfinished("did not end within " + text_of(command.limit));
    std::array<pollfd, 4> polled{{out.polled(),
                                  err.polled(),
                                  {command.interrupt, POLLIN, 0},
                                  {ended ? -1 : running.gone().number(), POLLIN, 0}}};
    const auto patience = std::min(left, running.gone().open() ? kLongestWait : kPause);
    const int ready = ::poll(polled.data(), polled.size(), static_cast<int>(patience.count()));
    ended = ended || running.has_ended();
    if (ready <= 0) continue;
    if (polled[2].revents != 0) {
      return fail(ErrorCode::interrupted,
                  fmt::format("{} was ended by an interrupt", command.argv.front()));
    }
    if (polled[0].revents != 0) out.drain();
    if (polled[1].revents != 0) err.drain();
    if (out.text.size() > kMostOutput) return unfinished("wrote more than 1 MiB");
    if (err.text.size() > kMostErrors) err.text.resize(kMostErrors);
  }
  return CommandOutput{running.exit_code(), std::move(out.text), std::move(err.text)};
}

struct Started {
  int pid;
  Descriptor out, err;
};

/// `error` is the errno where the program was not started.
Result<Started> start(const Command& command, int& error) {
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
    return Started{pid, std::move(image->output.read_end), std::move(image->errors.read_end)};
  }
  while (::waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
  }
  return refuse();
}

}  // namespace

Result<CommandOutput> run_process(const Command& command) {
  int error = 0;
  auto started = start_patiently([&] { return start(command, error); },
                                 [&](const Error&) { return is_shortage(error); });
  if (!started) return Failure{started.error()};
  Running running{started->pid};
  return attend(command, running, Stream{std::move(started->out)}, Stream{std::move(started->err)});
}

}  // namespace pulsebench::os
