#pragma once

#include <string>
#include <vector>

#include "pulsebench/config/config.hpp"
#include "pulsebench/config/workload.hpp"
#include "pulsebench/run/suite.hpp"
#include "pulsebench/session/workload_words.hpp"
#include "pulsebench/session/workloads.hpp"

namespace pulsebench::session {

/// One suite for each profile of a workload of load: `<name>/medium`, with a benchmark for each
/// metric that the profile has. `bad_input` for an unknown profile or signal, for a request that
/// cannot be sent, and for `stress` without a limit of the p99.
[[nodiscard]] Result<std::vector<run::Suite>> load_suites(const config::WorkloadEntry& entry,
                                                          const std::string& name,
                                                          const Values& values,
                                                          const WorkloadPlace& place,
                                                          const config::Config& config);

}  // namespace pulsebench::session
