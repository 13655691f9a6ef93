#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "pulsebench/os/descriptor.hpp"

namespace pulsebench::run {

/// How a process ended.
struct Exit {
  int code = -1;                  ///< -1: a signal or an exception ended it
  std::string how;                ///< "killed by SIGSEGV", "it exited with code 1"
  long involuntary_switches = 0;  ///< of all its threads; 0 where the system does not count them
};

/// Outcome of a move to other CPUs.
struct Moved {
  bool granted = true;  ///< false: the system lets no process be pinned
  int error = 0;        ///< errno where there is no such CPU
};

/// A process of a benchmark program, as the system knows it. It ends with this object, with all
/// that it started, and when this process ends.
class StartedProcess {
 public:
  struct System;

  explicit StartedProcess(std::unique_ptr<System> system);
  StartedProcess(StartedProcess&& other) noexcept;
  StartedProcess& operator=(StartedProcess&& other) noexcept;
  ~StartedProcess();

  [[nodiscard]] int id() const;
  /// Becomes readable at the exit; -1 where there is no such descriptor.
  [[nodiscard]] int exit_descriptor() const;
  /// Returns true if it exits within `patience`; false too where the system cannot wait so.
  [[nodiscard]] bool wait_for_exit(std::chrono::milliseconds patience) const;

  /// True while it waits for something, or has exited.
  [[nodiscard]] bool is_waiting() const;
  [[nodiscard]] long involuntary_switches() const;

  /// Moves it to the CPUs of this process, if the system permits.
  void move_off_measuring_cpu() const;
  /// Moves it with all its threads.
  [[nodiscard]] Moved move_to(const std::vector<int>& cpus) const;

  void kill() const;
  /// Waits for the exit, and ends what it started and left. Call once.
  [[nodiscard]] Exit reap();

 private:
  std::unique_ptr<System> system_;
};

/// Sends a request, which is far smaller than what a pipe has room for. Returns 0 or errno; 0 too
/// where nobody reads any more, since the exit tells of that.
[[nodiscard]] int send_bytes(const os::Descriptor& to, const std::string& bytes);

}  // namespace pulsebench::run
