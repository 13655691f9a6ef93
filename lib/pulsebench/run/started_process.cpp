#include "pulsebench/run/started_process.hpp"

#include <poll.h>
#include <sched.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

#include "pulsebench/os/cpu_set.hpp"
#include "pulsebench/os/proc_status.hpp"
#include "pulsebench/run/spawn.hpp"
#include "pulsebench/run/spawned_system.hpp"

namespace pulsebench::run {
namespace fs = std::filesystem;
namespace {

std::string name_of_signal(int signal) {
  const char* const name = sigabbrev_np(signal);
  return name == nullptr ? "signal " + std::to_string(signal) : "SIG" + std::string{name};
}

std::string how_ended(int wait_status) {
  if (WIFSIGNALED(wait_status)) return "killed by " + name_of_signal(WTERMSIG(wait_status));
  return "it exited with code " + std::to_string(WEXITSTATUS(wait_status));
}

}  // namespace

StartedProcess::StartedProcess(std::unique_ptr<System> system) : system_(std::move(system)) {}
StartedProcess::StartedProcess(StartedProcess&& other) noexcept = default;

StartedProcess& StartedProcess::operator=(StartedProcess&& other) noexcept {
  std::swap(system_, other.system_);
  return *this;
}

StartedProcess::~StartedProcess() {
  if (!system_ || system_->reaped) return;
  kill();
  (void)reap();
}

int StartedProcess::id() const { return system_->pid; }
int StartedProcess::exit_descriptor() const { return system_->pidfd.number(); }

bool StartedProcess::wait_for_exit(std::chrono::milliseconds patience) const {
  pollfd polled{system_->pidfd.number(), POLLIN, 0};
  return system_->pidfd.open() && ::poll(&polled, 1, static_cast<int>(patience.count())) > 0;
}

bool StartedProcess::is_waiting() const {
  const char state = os::state_of(system_->pid);
  return state == 'S' || state == 'Z' || state == 0;
}

long StartedProcess::involuntary_switches() const {
  return os::involuntary_switches_of(system_->pid);
}

void StartedProcess::move_off_measuring_cpu() const {
  cpu_set_t ours;
  if (sched_getaffinity(0, sizeof ours, &ours) != 0) return;
  sched_setaffinity(system_->pid, sizeof ours, &ours);
}

Moved StartedProcess::move_to(const std::vector<int>& cpus) const {
  const cpu_set_t set = os::cpu_set_of(cpus);
  std::error_code ignored;
  const fs::path threads = "/proc/" + std::to_string(system_->pid) + "/task";
  for (fs::directory_iterator thread{threads, ignored}, end; thread != end;
       thread.increment(ignored)) {
    const std::string name = thread->path().filename().string();
    int id = 0;
    std::from_chars(name.data(), name.data() + name.size(), id);
    if (sched_setaffinity(id, sizeof set, &set) == 0 || errno == ESRCH) continue;
    if (is_refusal_to_pin(errno)) return {.granted = false};
    return {.error = errno};
  }
  return {};
}

void StartedProcess::kill() const {
  ::kill(-system_->pid, SIGKILL);
  ::kill(system_->pid, SIGKILL);
}

Exit StartedProcess::reap() {
  const int pid = system_->pid;
  siginfo_t exited{};
  while (waitid(P_PID, static_cast<id_t>(pid), &exited, WEXITED | WNOWAIT) < 0 && errno == EINTR) {
  }
  kill();  // what it started and left; its number is in use until the wait below
  rusage usage{};
  int status = 0;
  while (wait4(pid, &status, 0, &usage) < 0 && errno == EINTR) {
  }
  system_->reaped = true;
  return {.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1,
          .how = how_ended(status),
          .involuntary_switches = usage.ru_nivcsw};
}

int send_bytes(const os::Descriptor& to, const std::string& bytes) {
  const ssize_t written = ::send(to.number(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
  return written >= 0 || errno == EPIPE || errno == ECONNRESET ? 0 : errno;
}

}  // namespace pulsebench::run
