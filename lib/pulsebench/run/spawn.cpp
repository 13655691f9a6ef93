#include "pulsebench/run/spawn.hpp"

#include <fcntl.h>
#include <sched.h>
#include <sys/personality.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "pulsebench/os/cpu_set.hpp"
#include "pulsebench/os/exec.hpp"
#include "pulsebench/os/pipe.hpp"
#include "pulsebench/run/spawned_system.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::run {
namespace {

constexpr int kRequests = 3;
constexpr int kEvents = 4;

/// Steps whose errors the child reports on a pipe, which exec closes.
enum class Step : int { personality, affinity, folder, exec };
struct SpawnReport {
  Step step;
  int error;
};

/// A pair of sockets can be written to without a SIGPIPE, by send(MSG_NOSIGNAL).
bool make_sockets(os::Pipe& pipe) {
  std::array<int, 2> ends{-1, -1};
  return socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) == 0 && pipe.take(ends);
}

/// Fills an empty pipe, so that the next who writes to it waits. Returns the number of bytes; 0: it
/// cannot be filled.
std::size_t fill(const os::Descriptor& pipe) {
  const int room = fcntl(pipe.number(), F_GETPIPE_SZ);
  if (room <= 0) return 0;
  const std::vector<char> bytes(static_cast<std::size_t>(room));
  return write(pipe.number(), bytes.data(), bytes.size()) == room ? bytes.size() : 0;
}

struct Pipes {
  os::Pipe requests, events, out, err, reports;
  std::size_t held_bytes = 0;  ///< in `events`, for a process to be held

  bool make(bool hold) {
    if (!make_sockets(requests) || !events.make() || !out.make() || !err.make() ||
        !reports.make()) {
      return false;
    }
    held_bytes = hold ? fill(events.write_end) : 0;
    return !hold || held_bytes > 0;
  }
};

/// Memory for the child, allocated before the fork.
struct Image {
  std::string path, folder;
  std::vector<std::string> arguments, environment;
  std::vector<char*> argv, envp;
  cpu_set_t cpus{};
  bool pinned = false;
  tune::ProcessSettings process_settings;

  explicit Image(const ProcessSpec& spec)
      : path(spec.executable.string()),
        folder(spec.working_directory.string()),
        cpus(os::cpu_set_of(spec.cpus)),
        pinned(!spec.cpus.empty()),
        process_settings(spec.process_settings) {
    arguments = {path};
    arguments.insert(arguments.end(), spec.arguments.begin(), spec.arguments.end());
    environment = launch_environment(os::environment_with({}), spec.environment, path, arguments,
                                     spec.layout.environment_padding);
    argv = os::pointers_to(arguments);
    envp = os::pointers_to(environment);
  }
};

void report_error(int reports, Step step) {
  const SpawnReport report{step, errno};
  [[maybe_unused]] const ssize_t written = write(reports, &report, sizeof report);
}

/// Runs between vfork and exec, with system calls only. It uses the memory of the parent, which is
/// suspended: a fork would copy page tables, which took longer than the exec. The orchestrator
/// therefore also loses its huge pages, which it does not need.
[[noreturn]] void become_suite(const Image& image, const Pipes& pipes, int parent) {
  const int reports = os::lifted(pipes.reports.write_end.number());
  const int requests = os::lifted(pipes.requests.read_end.number());
  const int events = os::lifted(pipes.events.write_end.number());
  const int out = os::lifted(pipes.out.write_end.number());
  const int err = os::lifted(pipes.err.write_end.number());
  const int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
  if (reports < 0 || requests < 0 || events < 0 || out < 0 || err < 0 || nothing < 0) {
    report_error(pipes.reports.write_end.number(), Step::exec);
    _exit(127);
  }
  os::begin_child(parent, SIGKILL);
  const rlimit no_core{0, 0};
  setrlimit(RLIMIT_CORE, &no_core);
  const int persona = personality(0xFFFFFFFFUL);
  if (persona < 0 || personality(static_cast<unsigned long>(persona) | ADDR_NO_RANDOMIZE) < 0) {
    report_error(reports, Step::personality);
  }
  tune::apply_process_settings(image.process_settings);  // refusals were reported before the run
  if (image.pinned && sched_setaffinity(0, sizeof image.cpus, &image.cpus) != 0) {
    report_error(reports, Step::affinity);
  }
  if (!image.folder.empty() && chdir(image.folder.c_str()) != 0) {
    report_error(reports, Step::folder);
    _exit(127);
  }
  if (os::place(nothing, STDIN_FILENO) && os::place(out, STDOUT_FILENO) &&
      os::place(err, STDERR_FILENO) && os::place(requests, kRequests) &&
      os::place(events, kEvents)) {
    execve(image.path.c_str(), image.argv.data(), image.envp.data());
  }
  report_error(reports, Step::exec);
  _exit(127);
}

struct StartFailure {
  std::string reason;
  bool may_pass = true;  ///< the shortage may end a moment later
};

/// Reads reports until exec closes the pipe. Returns the error that prevented the start, if any.
std::optional<StartFailure> read_reports(int reports, const ProcessSpec& spec, Granted& granted) {
  std::optional<StartFailure> fatal;
  for (SpawnReport report{};;) {
    const ssize_t size = read(reports, &report, sizeof report);
    if (size < 0 && errno == EINTR) continue;
    if (size != sizeof report) return fatal;
    const std::string path = printable(spec.executable.string());
    if (report.step == Step::personality) granted.aslr_off = false;
    if (report.step == Step::affinity && is_refusal_to_pin(report.error)) {
      granted.pinned = false;
    } else if (report.step == Step::affinity) {
      fatal = {"cannot pin '" + path + "' to its CPU: " + std::strerror(report.error) +
                   "; choose others with --cpus",
               false};
    }
    if (report.step == Step::folder) {
      fatal = {"cannot enter the working_directory '" + printable(spec.working_directory.string()) +
                   "' of '" + path + "': " + std::strerror(report.error),
               false};
    }
    if (report.step == Step::exec) {
      fatal = {"cannot start '" + path + "': " + std::strerror(report.error),
               os::is_shortage(report.error)};
    }
  }
}

tl::expected<Spawned, StartFailure> try_to_spawn(const ProcessSpec& spec) {
  const auto system_error = [](const char* what) {
    return tl::unexpected{StartFailure{std::string{what} + ": " + std::strerror(errno)}};
  };
  Pipes pipes;
  if (!pipes.make(spec.hold)) return system_error("cannot make a pipe");
  const Image image{spec};
  const int parent = getpid();
  const int pid = vfork();  // NOLINT(clang-analyzer-security.insecureAPI.vfork): see become_suite
  if (pid < 0) return system_error("cannot start a process");
  if (pid == 0) become_suite(image, pipes, parent);

  pipes.reports.write_end.reset();
  os::Descriptor pidfd{static_cast<int>(syscall(SYS_pidfd_open, pid, 0))};
  StartedProcess process{std::make_unique<StartedProcess::System>(
      StartedProcess::System{.pid = pid, .pidfd = std::move(pidfd)})};
  Spawned spawned{.process = std::move(process),
                  .granted = {},
                  .requests = std::move(pipes.requests.write_end),
                  .events = std::move(pipes.events.read_end),
                  .stdout_end = std::move(pipes.out.read_end),
                  .stderr_end = std::move(pipes.err.read_end),
                  .held_bytes = pipes.held_bytes};
  if (auto fatal = read_reports(pipes.reports.read_end.number(), spec, spawned.granted)) {
    return tl::unexpected{*std::move(fatal)};
  }
  return spawned;
}

}  // namespace

bool is_refusal_to_pin(int error) { return error == EPERM || error == EACCES || error == ENOSYS; }

std::string why_randomised() {
  return "personality(ADDR_NO_RANDOMIZE) was refused; results spread more";
}

tl::expected<Spawned, std::string> spawn(const ProcessSpec& spec) {
  auto spawned = os::start_patiently([&] { return try_to_spawn(spec); },
                                     [](const StartFailure& failure) { return failure.may_pass; });
  if (!spawned) return tl::unexpected{std::move(spawned.error().reason)};
  return *std::move(spawned);
}

}  // namespace pulsebench::run
