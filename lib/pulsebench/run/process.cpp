#include "pulsebench/run/process.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cerrno>
#include <cstring>
#include <thread>
#include <utility>

#include "pulsebench/os/file_io.hpp"
#include "pulsebench/os/wait_readable.hpp"
#include "pulsebench/run/spawn.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::run {
namespace {

constexpr std::size_t kMostBytes = std::size_t{64} << 20U;  // maximum on all channels together
constexpr std::size_t kKeptErrors = 4096;
constexpr std::chrono::microseconds kHeldPause{100};
constexpr std::chrono::milliseconds kLongestWait{60'000};
constexpr std::chrono::milliseconds kLongestExit{600'000};

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

}  // namespace

Process::Process(const ProcessSpec& spec)
    : limit_(spec.limit), interrupt_(spec.interrupt), deadline_(Clock::now() + spec.limit) {}

tl::expected<Process, ProcessFailure> Process::start(const ProcessSpec& spec) {
  Process process{spec};
  auto spawned = spawn(spec);
  if (!spawned) return failed(spawned.error());
  process.started_ = std::move(spawned->process);
  process.granted_ = spawned->granted;
  process.requests_ = std::move(spawned->requests);
  process.events_ = std::move(spawned->events);
  process.output_ = std::move(spawned->stdout_end);
  process.errors_ = std::move(spawned->stderr_end);
  process.held_bytes_ = spawned->held_bytes;
  return process;
}

tl::expected<void, ProcessFailure> Process::send(const std::string& bytes) {
  const int error = send_bytes(requests_, bytes);
  if (error == 0) return {};
  return tl::unexpected{
      kill_because(std::string{"it accepts no request: "} + std::strerror(error))};
}

std::chrono::milliseconds Process::left() const {
  return std::chrono::duration_cast<std::chrono::milliseconds>(deadline_ - Clock::now());
}

tl::expected<void, ProcessFailure> Process::wait_for_bytes() {
  const auto remaining = left();
  if (remaining.count() <= 0) {
    kill();
    return tl::unexpected{ProcessFailure{
        Status::timed_out,
        "it did not respond within " + text_of(limit_) +
            " (sampling.launch_limit_ms, or time_limit_s of its suite) and was killed"}};
  }
  const bool watches_exit = ends_with_process_ && events_.open();
  std::array<os::Awaited, 5> awaited{{{events_.number()},
                                      {output_.number()},
                                      {errors_.number()},
                                      {interrupt_},
                                      {watches_exit ? started_->exit_descriptor() : -1}}};
  if (!os::wait_readable(awaited, std::min(remaining, kLongestWait))) return {};
  if (awaited[3].is_ready) {
    kill();
    return tl::unexpected{ProcessFailure{Status::not_measured, "the run was interrupted"}};
  }
  if (awaited[0].is_ready && !drain(events_, events_text_)) events_.reset();
  if (awaited[1].is_ready && !drain(output_, output_text_)) output_.reset();
  if (awaited[2].is_ready && !drain(errors_, errors_text_)) errors_.reset();
  if (awaited[4].is_ready && !awaited[0].is_ready) events_.reset();
  if (errors_text_.size() > kKeptErrors) errors_text_.erase(0, errors_text_.size() - kKeptErrors);
  if (bytes_ > kMostBytes) return tl::unexpected{kill_because("it wrote too much output")};
  return {};
}

void Process::wait_until_held() const {
  if (held_bytes_ == 0) return;
  while (left().count() > 0) {
    if (started_->is_waiting()) return;
    std::this_thread::sleep_for(kHeldPause);
  }
}

void Process::release() {
  if (held_bytes_ == 0) return;
  involuntary_before_ = started_->involuntary_switches();
  ends_with_process_ = true;
  std::array<char, 4096> bytes{};
  while (held_bytes_ > 0) {
    const auto size =
        os::read_piece(events_, std::span{bytes}.first(std::min(bytes.size(), held_bytes_)));
    assert(size > 0);  // they were written before the process started
    held_bytes_ -= static_cast<std::size_t>(size);
  }
}

tl::expected<void, ProcessFailure> Process::move_to(const std::vector<int>& cpus) {
  const Moved moved = started_->move_to(cpus);
  if (!moved.granted) granted_.pinned = false;
  if (moved.error == 0) return {};
  return tl::unexpected{kill_because(std::string{"it cannot be moved to its CPUs: "} +
                                     std::strerror(moved.error) + "; choose others with --cpus")};
}

/// Returns false at the end of the channel.
bool Process::drain(os::Descriptor& from, std::string& into) {
  std::array<char, 65536> bytes{};
  const auto size = os::read_piece(from, bytes);
  if (size < 0) return errno == EAGAIN;
  bytes_ += static_cast<std::size_t>(size);
  into.append(bytes.data(), static_cast<std::size_t>(size));
  return size > 0;
}

bool Process::finish() {
  wait_for_exit();
  return exit_->code == 0;
}

ProcessFailure Process::exit_failure() {
  while (errors_.open() && wait_for_bytes()) {
  }
  wait_for_exit();
  const std::string how = exit_->code < 0 ? exit_->how : exit_->how + " without responding";
  const std::string output = last_line(errors_text_);
  return {Status::crashed, output.empty() ? how : how + "; last output: " + output};
}

ProcessFailure Process::kill_because(const std::string& reason) {
  kill();
  return {Status::failed, reason};
}

/// Waits for the exit, and kills the process at its time limit.
void Process::wait_for_exit() {
  if (exit_) return;
  const auto patience = std::clamp(left(), std::chrono::milliseconds{0}, kLongestExit);
  if (!started_->wait_for_exit(patience)) kill();
  exit_ = started_->reap();
}

void Process::kill() {
  if (!exit_) started_->kill();
}

}  // namespace pulsebench::run
