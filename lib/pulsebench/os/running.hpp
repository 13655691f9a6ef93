#pragma once

#include <memory>

#include "pulsebench/os/descriptor.hpp"
#include "pulsebench/os/run_process.hpp"

namespace pulsebench::os {

/// A started program, which ends with this object: with all that it started, after time to end by
/// itself where the system has a way to ask for that.
class Running {
 public:
  struct System;

  explicit Running(std::unique_ptr<System> system);
  Running(Running&& other) noexcept;
  ~Running();

  /// What it writes; not open where that goes to a log.
  [[nodiscard]] Descriptor take_output();
  [[nodiscard]] Descriptor take_errors();

  /// A descriptor that is readable when the program has ended; -1 where there is none.
  [[nodiscard]] int gone() const;
  [[nodiscard]] bool has_ended() const;
  /// Waits for the end. 128 + signal where a signal ended it.
  int exit_code();

 private:
  std::unique_ptr<System> system_;
};

/// `error` is the errno where the program was not started.
[[nodiscard]] Result<Running> start_program(const Command& command, int& error);

}  // namespace pulsebench::os
