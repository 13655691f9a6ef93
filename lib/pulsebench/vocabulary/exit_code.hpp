#pragma once

#include <csignal>

#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench {

/// What the process exits with; README.md has the table for users.
enum ExitCode : int {
  kNothingGates = 0,
  kRegressed = 1,
  kBadInput = 2,
  kNotMeasured = 3,
  kNotComparable = 4,
  kInconclusive = 5,
  kTargetMissed = 6,
  kBug = 70,
  kHungUp = 129,
  kInterrupted = 130,
  kTerminated = 143,
};

[[nodiscard]] constexpr ExitCode exit_code_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::bad_input:
    case ErrorCode::not_found:
    case ErrorCode::io:
    case ErrorCode::build_failed:
      return kBadInput;
    case ErrorCode::child_failed:
    case ErrorCode::nothing_measured:
      return kNotMeasured;
    case ErrorCode::not_comparable:
      return kNotComparable;
    case ErrorCode::interrupted:
      return kInterrupted;
    case ErrorCode::terminated:
      return kTerminated;
    case ErrorCode::hung_up:
      return kHungUp;
  }
  return kBug;
}

/// What the signal that asked the command to stop makes of it.
[[nodiscard]] constexpr ErrorCode error_code_of_signal(int signal) {
  constexpr int kHangUp = 1;  // SIGHUP, for which Windows has no name
  return signal == SIGTERM   ? ErrorCode::terminated
         : signal == kHangUp ? ErrorCode::hung_up
                             : ErrorCode::interrupted;
}

/// 128 and the signal that asked the command to stop.
[[nodiscard]] constexpr ExitCode exit_code_of_signal(int signal) {
  return exit_code_of(error_code_of_signal(signal));
}

}  // namespace pulsebench
