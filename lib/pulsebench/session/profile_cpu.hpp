#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pulsebench/profile/cpu_profile.hpp"
#include "pulsebench/run/engine.hpp"
#include "pulsebench/session/session.hpp"

namespace pulsebench::session {

struct ProfileCpuRequest {
  std::string benchmark;  ///< its id, or a regular expression that matches one
  run::ProgramOptions options = {};
  std::vector<std::string> executables = {};  ///< empty: the project's suites
  std::optional<std::string> cpus = {};
  bool no_tune = false;
  std::optional<double> seconds = {};  ///< of measuring; empty: the default
  int rate = 5000;                     ///< samples a second
  bool by_timer = false;               ///< do not use perf events
};

/// The benchmark that `request` names, in its program.
[[nodiscard]] Result<run::Subject> find_profiled(const Session& session,
                                                 const ProfileCpuRequest& request);

/// Samples one benchmark in several processes. `nothing_measured` where no sample came, or most of
/// them were lost or withheld: the error says why.
[[nodiscard]] Result<profile::CpuProfile> profile_cpu(const Session& session,
                                                      const ProfileCpuRequest& request);

}  // namespace pulsebench::session
