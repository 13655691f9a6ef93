#pragma once

#include <optional>

#include "pulsebench/machine/roots.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::machine {

/// The smallest CPU quota that a control group puts on this process, in CPUs (0.5 is 50 ms of every
/// 100); nullopt where none limits it. Both cgroup versions, all groups from its own to the root.
/// The error says why this cannot be known: "no /proc/self/cgroup".
[[nodiscard]] Result<std::optional<double>> cgroup_cpu_quota(const Roots& roots);

}  // namespace pulsebench::machine
