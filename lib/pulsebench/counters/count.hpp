#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "pulsebench/vocabulary/counts.hpp"

namespace pulsebench::counters {

/// Counts each event per operation on the calling thread, as a `Session` of this machine's kernel
/// does. One that cannot be counted has a reason.
[[nodiscard]] std::vector<Counter> count_per_operation(
    const std::vector<std::string>& names, const std::function<void(std::uint64_t)>& run,
    std::uint64_t operations);

}  // namespace pulsebench::counters
