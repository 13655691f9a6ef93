#pragma once

#include <string>

#include "pulsebench/run/process.hpp"

namespace pulsebench::run {

/// What a program wrote, and how it ended.
struct WholeRun {
  std::string output;  ///< its stdout
  std::string report;  ///< what it wrote to descriptor 4
  int exit_code = 0;
  ProcessFailure exit_failure;  ///< for an exit code that the caller does not expect
  double seconds = 0.0;
};

/// Where a program finds descriptor 4.
inline constexpr const char* kReportPath = "/dev/fd/4";

/// Runs a program to its end. Fails where it cannot be started, a signal ends it, it exceeds its
/// time limit or floods a channel.
[[nodiscard]] tl::expected<WholeRun, ProcessFailure> run_whole(const ProcessSpec& spec);

}  // namespace pulsebench::run
