#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pulsebench/profile/cpu_profile.hpp"
#include "pulsebench/run/engine.hpp"
#include "pulsebench/session/session.hpp"

namespace pulsebench::session {

struct ProfileCpuRequest {
  /// Its id, or a regular expression that matches one; or a workload, by its name or the same.
  std::string benchmark;
  run::ProgramOptions options = {};
  std::vector<std::string> executables = {};  ///< empty: the project's suites
  std::optional<std::string> cpus = {};
  bool no_tune = false;
  std::optional<double> seconds = {};  ///< of measuring; empty: the default
  int rate = 5000;                     ///< samples a second
  bool by_timer = false;               ///< do not use perf events
  std::string addresses_in = {};       ///< a file of which samples at each address are counted
};

/// The benchmark that `request` names, in its program; or a metric of the workload that it names.
/// `bad_input` where a timer is asked for and cannot sample it.
[[nodiscard]] Result<run::Subject> find_profiled(const Session& session,
                                                 const ProfileCpuRequest& request);

/// Samples one benchmark in several processes, or a workload by `profile_workload`.
/// `nothing_measured` where no sample came, or most of them were lost or withheld: the error says
/// why.
[[nodiscard]] Result<profile::CpuProfile> profile_cpu(const Session& session,
                                                      const ProfileCpuRequest& request);

}  // namespace pulsebench::session
