#include "pulsebench/run/child.hpp"

#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

#include "pulsebench/run/spawn.hpp"
#include "pulsebench/vocabulary/benchmark_id.hpp"

namespace pulsebench::run {
namespace {

constexpr std::size_t kMostOutput = std::size_t{64} << 20U;  // bytes; more is a flood
constexpr std::size_t kKeptOfStderr = 4096;

std::string seconds_of(std::chrono::milliseconds limit) {
  const auto count = limit.count();
  return count % 1000 == 0 ? std::to_string(count / 1000) + " s" : std::to_string(count) + " ms";
}

/// What the process wrote last on stderr: usually the assertion that failed.
std::string last_line(std::string_view text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
  const auto newline = text.rfind('\n');
  if (newline != std::string_view::npos) text.remove_prefix(newline + 1);
  return printable(text, 160);
}

const char* name_of_signal(int signal) {
  const char* const name = sigabbrev_np(signal);
  return name == nullptr ? "an unknown signal" : name;
}

}  // namespace

Child::Child(const ChildSpec& spec) : spec_(spec), deadline_(Clock::now() + spec.limit) {}

Child::Child(Child&& other) noexcept
    : spec_(std::move(other.spec_)),
      deadline_(other.deadline_),
      pid_(std::exchange(other.pid_, -1)),
      wait_status_(other.wait_status_),
      reaped_(other.reaped_),
      aslr_off_(other.aslr_off_),
      requests_(std::move(other.requests_)),
      events_(std::move(other.events_)),
      stdout_(std::move(other.stdout_)),
      stderr_(std::move(other.stderr_)),
      lines_(std::move(other.lines_)),
      said_(std::move(other.said_)),
      output_bytes_(other.output_bytes_),
      hello_(std::move(other.hello_)) {}

Child::~Child() {
  if (pid_ < 0) return;
  kill_group();
  reap();
}

tl::expected<Child, ChildFailure> Child::start(const ChildSpec& spec) {
  Child child{spec};
  auto spawned = spawn(spec);
  if (!spawned) return tl::unexpected{ChildFailure{Status::failed, spawned.error()}};
  child.pid_ = spawned->pid;
  child.aslr_off_ = spawned->aslr_off;
  child.requests_ = std::move(spawned->requests);
  child.events_ = std::move(spawned->events);
  child.stdout_ = std::move(spawned->stdout_end);
  child.stderr_ = std::move(spawned->stderr_end);

  auto event = child.receive();
  if (!event) return tl::unexpected{event.error()};
  const auto* hello = std::get_if<wire::Hello>(&*event);
  if (hello == nullptr) {
    return tl::unexpected{child.protocol_broken("it did not greet with 'hello'")};
  }
  if (hello->protocol != wire::kProtocol) {
    return tl::unexpected{
        child.protocol_broken("it speaks version " + std::to_string(hello->protocol) +
                              " of the wire protocol, and this " + "pulsebench version " +
                              std::to_string(wire::kProtocol) + "; build both from one release")};
  }
  child.hello_ = *hello;
  return child;
}

tl::expected<wire::Event, ChildFailure> Child::ask(const wire::Request& request) {
  const std::string line = wire::encode(request) + "\n";
  // A request is far smaller than a pipe's buffer, and the suite reads each before it answers.
  const ssize_t written = write(requests_.number(), line.data(), line.size());
  if (written < 0 && errno != EPIPE) {
    return tl::unexpected{
        protocol_broken(std::string{"it takes no request: "} + std::strerror(errno))};
  }
  return receive();
}

void Child::finish() {
  const std::string line = wire::encode(wire::Request{wire::Quit{}}) + "\n";
  [[maybe_unused]] const ssize_t written = write(requests_.number(), line.data(), line.size());
  requests_.reset();
  while (events_.open() && output_bytes_ <= kMostOutput && wait_for_bytes()) {
  }
  wait_until_gone();
  pid_ = -1;
}

tl::expected<wire::Event, ChildFailure> Child::receive() {
  for (;;) {
    if (auto line = lines_.next()) {
      auto event = wire::decode_event(*line);
      if (!event) return tl::unexpected{protocol_broken(event.error().message)};
      return *std::move(event);
    }
    if (lines_.flooded() || output_bytes_ > kMostOutput) {
      return tl::unexpected{protocol_broken("it flooded its output")};
    }
    if (!events_.open()) return tl::unexpected{gone()};
    if (auto waited = wait_for_bytes(); !waited) return tl::unexpected{waited.error()};
  }
}

/// Waits until any channel has something, and takes it in.
tl::expected<void, ChildFailure> Child::wait_for_bytes() {
  const auto left =
      std::chrono::duration_cast<std::chrono::milliseconds>(deadline_ - Clock::now()).count();
  if (left <= 0) {
    kill_group();
    return tl::unexpected{
        ChildFailure{Status::timed_out, "it gave no answer within " + seconds_of(spec_.limit) +
                                            " (sampling.launch_limit_ms) and was killed"}};
  }
  std::array<pollfd, 4> polled{{{events_.number(), POLLIN, 0},
                                {stdout_.number(), POLLIN, 0},
                                {stderr_.number(), POLLIN, 0},
                                {spec_.interrupt, POLLIN, 0}}};
  const int ready =
      poll(polled.data(), polled.size(), static_cast<int>(std::min<long>(left, 60'000)));
  if (ready <= 0) return {};
  if (polled[3].revents != 0) {
    kill_group();
    return tl::unexpected{ChildFailure{Status::not_measured, "the run was interrupted"}};
  }
  std::string events;
  if (polled[1].revents != 0 && !drain(stdout_, nullptr)) stdout_.reset();
  if (polled[2].revents != 0 && !drain(stderr_, &said_)) stderr_.reset();
  if (polled[0].revents != 0 && !drain(events_, &events)) events_.reset();
  lines_.append(events);
  if (said_.size() > kKeptOfStderr) said_.erase(0, said_.size() - kKeptOfStderr);
  return {};
}

/// False at the end of the channel.
bool Child::drain(Descriptor& from, std::string* into) {
  std::array<char, 65536> bytes{};
  const ssize_t size = read(from.number(), bytes.data(), bytes.size());
  if (size < 0) return errno == EINTR || errno == EAGAIN;
  output_bytes_ += static_cast<std::size_t>(size);
  if (into != nullptr) into->append(bytes.data(), static_cast<std::size_t>(size));
  return size > 0;
}

/// The suite closed its events without an answer: how it ended.
ChildFailure Child::gone() {
  while (stderr_.open() && wait_for_bytes()) {
  }
  wait_until_gone();
  std::string how;
  if (WIFSIGNALED(wait_status_)) {
    how = std::string{"killed by SIG"} + name_of_signal(WTERMSIG(wait_status_));
  } else {
    how = "it left with exit code " + std::to_string(WEXITSTATUS(wait_status_)) +
          " instead of answering";
  }
  const std::string words = last_line(said_);
  return {Status::crashed, words.empty() ? how : how + "; its last words: " + words};
}

ChildFailure Child::protocol_broken(const std::string& what) {
  kill_group();
  return {Status::failed, what};
}

/// Until the process ends by itself, or is killed at its time limit.
void Child::wait_until_gone() {
  const Descriptor process{static_cast<int>(syscall(SYS_pidfd_open, pid_, 0))};
  pollfd polled{process.number(), POLLIN, 0};
  const auto left =
      std::chrono::duration_cast<std::chrono::milliseconds>(deadline_ - Clock::now()).count();
  if (process.open()) poll(&polled, 1, static_cast<int>(std::clamp<long>(left, 0, 600'000)));
  if (polled.revents == 0) kill_group();
  reap();
}

void Child::kill_group() {
  if (pid_ > 0 && !reaped_) kill(-pid_, SIGKILL), kill(pid_, SIGKILL);
}

void Child::reap() {
  if (reaped_) return;
  while (waitpid(pid_, &wait_status_, 0) < 0 && errno == EINTR) {
  }
  reaped_ = true;
}

}  // namespace pulsebench::run
