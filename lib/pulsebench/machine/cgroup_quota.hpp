#pragma once

#include <optional>

#include "pulsebench/machine/roots.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::machine {

/// Smallest CPU quota of this process's control groups, from its own to the root, in both cgroup
/// versions. In CPUs (0.5 is 50 ms of every 100); nullopt without a quota. The error has the reason
/// why it is unknown: "no /proc/self/cgroup".
[[nodiscard]] Result<std::optional<double>> cgroup_cpu_quota(const Roots& roots);

}  // namespace pulsebench::machine
