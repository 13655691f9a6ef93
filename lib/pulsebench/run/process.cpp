#include "pulsebench/run/process.hpp"

#include <poll.h>
#include <sched.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstring>
#include <system_error>
#include <thread>
#include <utility>

#include "pulsebench/os/cpu_set.hpp"
#include "pulsebench/os/proc_status.hpp"
#include "pulsebench/run/spawn.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::run {
namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMostBytes = std::size_t{64} << 20U;  // maximum on all channels together
constexpr std::size_t kKeptErrors = 4096;
constexpr std::chrono::microseconds kHeldPause{100};

std::string text_of(std::chrono::milliseconds limit) {
  const auto count = limit.count();
  return count % 1000 == 0 ? std::to_string(count / 1000) + " s" : std::to_string(count) + " ms";
}

/// Last line of the process on stderr: usually a failed assertion.
std::string last_line(std::string_view text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
  const auto newline = text.rfind('\n');
  if (newline != std::string_view::npos) text.remove_prefix(newline + 1);
  return printable(text, 160);
}

std::string name_of_signal(int signal) {
  const char* const name = sigabbrev_np(signal);
  return name == nullptr ? "signal " + std::to_string(signal) : "SIG" + std::string{name};
}

}  // namespace

Process::Process(const ProcessSpec& spec)
    : limit_(spec.limit), interrupt_(spec.interrupt), deadline_(Clock::now() + spec.limit) {}

Process::~Process() {
  if (pid_ < 0 || reaped_) return;
  kill_group();
  reap();
}

tl::expected<Process, ProcessFailure> Process::start(const ProcessSpec& spec) {
  Process process{spec};
  auto spawned = spawn(spec);
  if (!spawned) return failed(spawned.error());
  process.pid_ = spawned->pid;
  process.granted_ = spawned->granted;
  process.requests_ = std::move(spawned->requests);
  process.events_ = std::move(spawned->events);
  process.output_ = std::move(spawned->stdout_end);
  process.errors_ = std::move(spawned->stderr_end);
  process.held_bytes_ = spawned->held_bytes;
  process.pidfd_ = os::Descriptor{static_cast<int>(syscall(SYS_pidfd_open, spawned->pid, 0))};
  return process;
}

tl::expected<void, ProcessFailure> Process::send(const std::string& bytes) {
  // A request is far smaller than a pipe's buffer, and the suite reads each before it answers.
  const ssize_t written = ::send(requests_.number(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
  if (written >= 0 || errno == EPIPE || errno == ECONNRESET) return {};
  return tl::unexpected{
      kill_because(std::string{"it accepts no request: "} + std::strerror(errno))};
}

std::chrono::milliseconds Process::left() const {
  return std::chrono::duration_cast<std::chrono::milliseconds>(deadline_ - Clock::now());
}

tl::expected<void, ProcessFailure> Process::wait_for_bytes() {
  const auto remaining = left().count();
  if (remaining <= 0) {
    kill_group();
    return tl::unexpected{ProcessFailure{
        Status::timed_out,
        "it did not respond within " + text_of(limit_) +
            " (sampling.launch_limit_ms, or time_limit_s of its suite) and was killed"}};
  }
  std::array<pollfd, 5> polled{
      {{events_.number(), POLLIN, 0},
       {output_.number(), POLLIN, 0},
       {errors_.number(), POLLIN, 0},
       {interrupt_, POLLIN, 0},
       {ends_with_process_ && events_.open() ? pidfd_.number() : -1, POLLIN, 0}}};
  const auto patience = static_cast<int>(std::min<std::int64_t>(remaining, 60'000));
  if (poll(polled.data(), polled.size(), patience) <= 0) return {};
  if (polled[3].revents != 0) {
    kill_group();
    return tl::unexpected{ProcessFailure{Status::not_measured, "the run was interrupted"}};
  }
  if (polled[0].revents != 0 && !drain(events_, events_text_)) events_.reset();
  if (polled[1].revents != 0 && !drain(output_, output_text_)) output_.reset();
  if (polled[2].revents != 0 && !drain(errors_, errors_text_)) errors_.reset();
  if (polled[4].revents != 0 && polled[0].revents == 0) events_.reset();
  if (errors_text_.size() > kKeptErrors) errors_text_.erase(0, errors_text_.size() - kKeptErrors);
  if (bytes_ > kMostBytes) return tl::unexpected{kill_because("it wrote too much output")};
  return {};
}

void Process::wait_until_held() const {
  if (held_bytes_ == 0) return;
  while (left().count() > 0) {
    const char state = os::state_of(pid_);
    if (state == 'S' || state == 'Z' || state == 0) return;
    std::this_thread::sleep_for(kHeldPause);
  }
}

void Process::release() {
  if (held_bytes_ == 0) return;
  involuntary_before_ = os::involuntary_switches_of(pid_);
  ends_with_process_ = true;
  std::array<char, 4096> bytes{};
  while (held_bytes_ > 0) {
    const ssize_t size = read(events_.number(), bytes.data(), std::min(bytes.size(), held_bytes_));
    if (size < 0 && errno == EINTR) continue;
    assert(size > 0);  // they were written before the process started
    held_bytes_ -= static_cast<std::size_t>(size);
  }
}

void Process::move_off_measuring_cpu() const {
  cpu_set_t ours;
  if (sched_getaffinity(0, sizeof ours, &ours) == 0) sched_setaffinity(pid_, sizeof ours, &ours);
}

tl::expected<void, ProcessFailure> Process::move_to(const std::vector<int>& cpus) {
  const cpu_set_t set = os::cpu_set_of(cpus);
  std::error_code ignored;
  const fs::path threads = "/proc/" + std::to_string(pid_) + "/task";
  for (fs::directory_iterator thread{threads, ignored}, end; thread != end;
       thread.increment(ignored)) {
    const std::string name = thread->path().filename().string();
    int id = 0;
    std::from_chars(name.data(), name.data() + name.size(), id);
    if (sched_setaffinity(id, sizeof set, &set) == 0 || errno == ESRCH) continue;
    if (is_refusal_to_pin(errno)) {
      granted_.pinned = false;
      return {};
    }
    return tl::unexpected{kill_because(std::string{"it cannot be moved to its CPUs: "} +
                                       std::strerror(errno) + "; choose others with --cpus")};
  }
  return {};
}

/// Returns false at the end of the channel.
bool Process::drain(os::Descriptor& from, std::string& into) {
  std::array<char, 65536> bytes{};
  const ssize_t size = read(from.number(), bytes.data(), bytes.size());
  if (size < 0) return errno == EINTR || errno == EAGAIN;
  bytes_ += static_cast<std::size_t>(size);
  into.append(bytes.data(), static_cast<std::size_t>(size));
  return size > 0;
}

bool Process::finish() {
  wait_for_exit();
  return WIFEXITED(wait_status_) && WEXITSTATUS(wait_status_) == 0;
}

int Process::exit_code() const { return WIFEXITED(wait_status_) ? WEXITSTATUS(wait_status_) : -1; }

ProcessFailure Process::exit_failure() {
  while (errors_.open() && wait_for_bytes()) {
  }
  wait_for_exit();
  std::string how;
  if (WIFSIGNALED(wait_status_)) {
    how = "killed by " + name_of_signal(WTERMSIG(wait_status_));
  } else {
    how =
        "it exited with code " + std::to_string(WEXITSTATUS(wait_status_)) + " without responding";
  }
  const std::string output = last_line(errors_text_);
  return {Status::crashed, output.empty() ? how : how + "; last output: " + output};
}

ProcessFailure Process::kill_because(const std::string& reason) {
  kill_group();
  return {Status::failed, reason};
}

/// Waits for the exit, and kills the process at its time limit.
void Process::wait_for_exit() {
  if (reaped_) return;
  pollfd polled{pidfd_.number(), POLLIN, 0};
  const auto patience = std::clamp<std::int64_t>(left().count(), 0, 600'000);
  if (pidfd_.open()) poll(&polled, 1, static_cast<int>(patience));
  if (polled.revents == 0) kill_group();
  reap();
}

void Process::kill_group() {
  if (pid_ <= 0 || reaped_) return;
  kill(-pid_, SIGKILL);
  kill(pid_, SIGKILL);
}

void Process::reap() {
  if (reaped_) return;
  siginfo_t exited{};
  while (waitid(P_PID, static_cast<id_t>(pid_), &exited, WEXITED | WNOWAIT) < 0 && errno == EINTR) {
  }
  kill_group();  // what it started and left; its number is in use until the wait below
  rusage usage{};
  while (wait4(pid_, &wait_status_, 0, &usage) < 0 && errno == EINTR) {
  }
  involuntary_switches_ = usage.ru_nivcsw - involuntary_before_;
  reaped_ = true;
}

}  // namespace pulsebench::run
