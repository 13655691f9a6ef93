#pragma once

#include "pulsebench/profile/cpu_profile.hpp"
#include "pulsebench/run/engine.hpp"
#include "pulsebench/session/profile_cpu.hpp"
#include "pulsebench/session/session.hpp"

namespace pulsebench::session {

/// Samples runs of the program of a workload, with all threads and processes that come from it; of
/// a workload of load its server, while it answers requests. Figures are CPU time, which is all
/// that samples see. `nothing_measured` where perf events are refused, or no sample came.
[[nodiscard]] Result<profile::CpuProfile> profile_workload(const Session& session,
                                                           const ProfileCpuRequest& request,
                                                           const run::Subject& subject);

}  // namespace pulsebench::session
