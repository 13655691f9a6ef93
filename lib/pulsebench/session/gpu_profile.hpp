#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pulsebench/profile/gpu_report.hpp"
#include "pulsebench/run/suite.hpp"
#include "pulsebench/session/session.hpp"

namespace pulsebench::session {

struct GpuRequest {
  std::string benchmark;  ///< its id, or a regular expression that matches one id
  std::vector<std::string> executables = {};  ///< empty: the project's suites
  run::ProgramOptions options = {};
  double seconds = 2.0;  ///< the driver averages over up to 1 s
  std::optional<std::string> cpus = {};
  bool no_tune = false;
};

/// Runs one benchmark and watches the GPUs meanwhile, 20 times a second, from the CPUs of this
/// process. Without a driver nothing runs, and the profile says so. `child_failed` where the
/// benchmark does not measure.
[[nodiscard]] Result<profile::GpuProfile> profile_gpu(const Session& session,
                                                      const GpuRequest& request,
                                                      profile::NvmlSys& nvml);

}  // namespace pulsebench::session
