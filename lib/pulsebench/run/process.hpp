#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "pulsebench/os/descriptor.hpp"
#include "pulsebench/plan/plan.hpp"
#include "pulsebench/run/started_process.hpp"
#include "pulsebench/tune/process_knobs.hpp"
#include "pulsebench/vocabulary/benchmark.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::run {

/// Start parameters of a benchmark's process.
struct ProcessSpec {
  std::filesystem::path executable;
  std::vector<std::string> arguments;       ///< after the executable's own name
  std::vector<std::string> environment{};   ///< "NAME=value", beside those that are passed on
  std::filesystem::path working_directory;  ///< empty: that of the orchestrator
  plan::Layout layout;
  std::vector<int> cpus;                     ///< empty: the orchestrator's CPUs
  tune::ProcessSettings process_settings{};  ///< applied if the kernel permits
  std::chrono::milliseconds limit{10000};    ///< of the process; it is killed afterwards
  int interrupt = -1;                        ///< descriptor that becomes readable to stop waiting
  bool hold = false;  ///< the process waits at its first write to descriptor 4 until `release`
};

/// What the kernel granted to the processes that it was asked for.
struct Granted {
  bool aslr_off = true;  ///< no address-space randomisation
  bool pinned = true;    ///< on their CPUs

  void also(const Granted& other) {
    aslr_off = aslr_off && other.aslr_off;
    pinned = pinned && other.pinned;
  }
};

/// Reason why a process did not answer.
struct ProcessFailure {
  Status status = Status::crashed;  ///< crashed, timed_out, failed, or not_measured (interrupted)
  std::string reason;
};

[[nodiscard]] inline tl::unexpected<ProcessFailure> failed(std::string reason) {
  return tl::unexpected{ProcessFailure{Status::failed, std::move(reason)}};
}

/// A process of a benchmark program with its channels. The destructor kills its process group, and
/// the kernel kills it if the orchestrator dies.
class Process {
 public:
  [[nodiscard]] static tl::expected<Process, ProcessFailure> start(const ProcessSpec& spec);

  Process(Process&&) noexcept = default;
  Process& operator=(Process&&) = delete;
  ~Process() { started_.reset(); }  // before its channels are closed

  [[nodiscard]] const Granted& granted() const { return granted_; }
  [[nodiscard]] int id() const { return started_->id(); }

  /// Output since the last call: on descriptor 4, and on stdout.
  [[nodiscard]] std::string take_events() { return std::exchange(events_text_, {}); }
  [[nodiscard]] std::string take_output() { return std::exchange(output_text_, {}); }

  /// Writes to the process's descriptor 3. If the process has exited, `wait_for_bytes` reports it.
  [[nodiscard]] tl::expected<void, ProcessFailure> send(const std::string& bytes);
  void close_requests() { requests_.reset(); }

  [[nodiscard]] bool events_open() const { return events_.open(); }
  [[nodiscard]] bool output_open() const { return output_.open(); }

  /// Restarts the time limit.
  void restart_limit() { deadline_ = Clock::now() + limit_; }

  /// For a held process, whose descriptor 4 is a pipe without room: `wait_until_held` waits until
  /// it sleeps (at its first write, or before) or has exited, and `release` makes room.
  void wait_until_held() const;
  void release();

  /// Moves the process to the orchestrator's CPUs if the kernel permits.
  void move_off_measuring_cpu() const { started_->move_off_measuring_cpu(); }

  /// Moves the process with all its threads to `cpus`; where the kernel refuses, it stays where it
  /// is, and is not pinned. Fails if there is no such CPU.
  [[nodiscard]] tl::expected<void, ProcessFailure> move_to(const std::vector<int>& cpus);

  /// Waits until a channel has data or ends, and reads it. On the time limit, an interrupt or too
  /// much output it kills the process and fails.
  [[nodiscard]] tl::expected<void, ProcessFailure> wait_for_bytes();

  /// Waits for the exit, or kills the process at its time limit. True if the exit code is 0.
  [[nodiscard]] bool finish();

  /// Valid after the exit; -1 where a signal ended it.
  [[nodiscard]] int exit_code() const { return exit_ ? exit_->code : -1; }

  /// Involuntary context switches of all threads since `release`. Valid after the exit.
  [[nodiscard]] long involuntary_switches() const {
    return exit_ ? exit_->involuntary_switches - involuntary_before_ : 0;
  }

  /// Describes an unexpected exit: the signal or the exit code, and the last output.
  [[nodiscard]] ProcessFailure exit_failure();

  /// Kills the process and returns `reason` as the failure.
  [[nodiscard]] ProcessFailure kill_because(const std::string& reason);

 private:
  using Clock = std::chrono::steady_clock;

  explicit Process(const ProcessSpec& spec);
  [[nodiscard]] bool drain(os::Descriptor& from, std::string& into);
  [[nodiscard]] std::chrono::milliseconds left() const;
  void wait_for_exit();
  void kill();

  std::chrono::milliseconds limit_;
  int interrupt_;
  Clock::time_point deadline_;
  std::optional<StartedProcess> started_;  ///< always, once `start` has returned it
  std::optional<Exit> exit_;
  Granted granted_;
  bool ends_with_process_ = false;  ///< what the process started may keep descriptor 4 open
  long involuntary_before_ = 0;
  std::size_t held_bytes_ = 0;  ///< in `events_` until `release`
  os::Descriptor requests_, events_, output_, errors_;
  std::string events_text_, output_text_;
  std::string errors_text_;  ///< only the last bytes
  std::size_t bytes_ = 0;    ///< on all channels
};

}  // namespace pulsebench::run
