#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "pulsebench/os/descriptor.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::os {

/// A program that runs beside this one.
struct SupervisedCommand {
  std::vector<std::string> argv = {};         ///< `argv[0]` is looked up on PATH; there is no shell
  std::vector<std::string> environment = {};  ///< NAME=VALUE sets a variable, NAME removes it
  std::filesystem::path folder = {};          ///< where it runs; empty: where we do
  std::filesystem::path log;                  ///< a file for both of its outputs, made new
  std::vector<int> cpus = {};                 ///< where permitted; empty: ours
  std::filesystem::path scratch = {};         ///< a folder that is removed at the end
};

/// A program, and everything that it starts. All of it ends with this object or with this process,
/// even if SIGKILL ends this process: a supervisor is between the two, which adopts what the
/// program leaves behind, also in sessions and process groups of its own.
class Supervised {
 public:
  /// `not_found` if there is no such program, `child_failed` if it cannot be started.
  [[nodiscard]] static Result<Supervised> start(const SupervisedCommand& command);

  Supervised(Supervised&& other) noexcept
      : supervisor_(std::exchange(other.supervisor_, -1)),
        program_(other.program_),
        control_(std::move(other.control_)),
        reports_(std::move(other.reports_)),
        wait_status_(other.wait_status_) {}
  Supervised& operator=(Supervised&& other) noexcept;
  Supervised(const Supervised&) = delete;
  ~Supervised() { end(); }

  /// The program's process; what it started has others.
  [[nodiscard]] int id() const { return program_; }

  /// Sends `signal` to the program.
  void signal(int signal);

  /// Waits until the program has ended, at most for `patience`, or until `interrupt` is readable.
  /// Returns true if it has.
  bool wait(std::chrono::milliseconds patience, int interrupt = -1);

  /// "it exited with code 1", "SIGSEGV ended it". Precondition: `wait` returned true.
  [[nodiscard]] std::string how_it_ended() const;

  /// The program and all processes that come from it.
  [[nodiscard]] std::vector<int> processes() const;

  /// Kills the program and everything that it started. Returns when all of it has gone.
  void end();

 private:
  Supervised(int supervisor, Descriptor control, Descriptor reports)
      : supervisor_(supervisor), control_(std::move(control)), reports_(std::move(reports)) {}

  int supervisor_ = -1;
  int program_ = -1;
  Descriptor control_;  ///< takes the numbers of signals; its end ends everything
  Descriptor reports_;
  std::optional<int> wait_status_;
};

}  // namespace pulsebench::os
