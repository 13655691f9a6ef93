#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "pulsebench/os/descriptor.hpp"
#include "pulsebench/plan/layout.hpp"
#include "pulsebench/tune/process_knobs.hpp"
#include "pulsebench/vocabulary/benchmark.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::run {

/// How a benchmark's process is started.
struct ProcessSpec {
  std::filesystem::path executable;
  std::vector<std::string> arguments;  ///< after the executable's own name
  plan::Layout layout;
  std::vector<int> cpus;                     ///< to run on; empty: where the orchestrator may
  tune::ProcessSettings process_settings{};  ///< what else it gets, where the kernel lets us
  std::chrono::milliseconds limit{10000};    ///< of its whole life; then it is killed
  int interrupt = -1;                        ///< descriptor that becomes readable to stop waiting
  bool hold = false;  ///< make it wait where it opens /dev/fd/4, until it is let go
};

/// Why a process gave no answer.
struct ProcessFailure {
  Status status = Status::crashed;  ///< crashed, timed_out, failed, or not_measured (interrupted)
  std::string reason;
};

/// One process life of a benchmark program, with what it says on its channels. Its own process
/// group, killed with everything it started when this object goes, and by the kernel should the
/// orchestrator die.
class Process {
 public:
  [[nodiscard]] static tl::expected<Process, ProcessFailure> start(const ProcessSpec& spec);

  Process(Process&&) noexcept;
  Process& operator=(Process&&) = delete;
  ~Process();

  /// Whether address-space randomisation could be switched off for it.
  [[nodiscard]] bool aslr_off() const { return aslr_off_; }

  /// What arrived since the last call: on its descriptor 4, and on its stdout.
  [[nodiscard]] std::string take_events() { return std::exchange(events_said_, {}); }
  [[nodiscard]] std::string take_output() { return std::exchange(output_said_, {}); }

  /// Writes to its descriptor 3. A process that is gone is found out by `wait_for_bytes`.
  [[nodiscard]] tl::expected<void, ProcessFailure> send(const std::string& bytes);
  void close_requests() { requests_.reset(); }

  [[nodiscard]] bool events_open() const { return events_.open(); }
  [[nodiscard]] bool output_open() const { return output_.open(); }

  /// Its time limit counts from now on.
  void restart_limit() { deadline_ = Clock::now() + limit_; }

  /// Of one that is held: waits until it sleeps, which is where it opens descriptor 4 (or earlier,
  /// where it sleeps by itself), or is gone; then lets it go.
  void wait_until_held() const;
  void release();

  /// Moves it to the CPUs of the orchestrator, where the kernel lets us: off the measuring one.
  void move_off_measuring_cpu() const;

  /// Moves it, with all its threads, to `cpus`. Fails where the kernel refuses.
  [[nodiscard]] tl::expected<void, ProcessFailure> move_to(const std::vector<int>& cpus);

  /// Waits until any channel has something or ends, and takes it in. Fails at the time limit, on an
  /// interrupt and on a flood, and has then killed the process.
  [[nodiscard]] tl::expected<void, ProcessFailure> wait_for_bytes();

  /// Waits until it is gone, or kills it at its time limit. True where it left with exit code 0.
  [[nodiscard]] bool finish();

  /// Context switches that were not its own will since it was let go, of all its threads, once it
  /// is gone.
  [[nodiscard]] long involuntary_switches() const { return involuntary_switches_; }

  /// How it ended when it should not have: the signal or the exit code, and its last words.
  [[nodiscard]] ProcessFailure gone();

  /// Kills it for a reason of ours.
  [[nodiscard]] ProcessFailure broken(const std::string& what);

 private:
  using Clock = std::chrono::steady_clock;

  explicit Process(const ProcessSpec& spec);
  [[nodiscard]] bool drain(os::Descriptor& from, std::string& into);
  [[nodiscard]] std::chrono::milliseconds left() const;
  void wait_until_gone();
  void kill_group();
  void reap();

  std::chrono::milliseconds limit_;
  int interrupt_;
  Clock::time_point deadline_;
  int pid_ = -1;
  int wait_status_ = 0;
  long involuntary_switches_ = 0;
  bool reaped_ = false;
  bool aslr_off_ = true;
  bool ends_with_process_ = false;  ///< a FIFO has no end before its writer came
  long involuntary_before_ = 0;
  os::Descriptor gone_;         ///< becomes readable when it ends
  os::Descriptor held_events_;  ///< until it is let go
  os::Descriptor requests_, events_, output_, errors_;
  std::string events_said_, output_said_;
  std::string errors_said_;  ///< the end of it
  std::size_t bytes_ = 0;    ///< on all channels
};

/// Runs a program to its end and returns what it wrote to stdout. Fails where it does not leave
/// with exit code 0.
[[nodiscard]] tl::expected<std::string, ProcessFailure> output_of(const ProcessSpec& spec);

}  // namespace pulsebench::run
