#pragma once

#include <string>
#include <vector>

#include "pulsebench/vocabulary/counts.hpp"

namespace pulsebench::counters {

/// Returns each of `names` without a value, for the same reason.
[[nodiscard]] std::vector<Counter> not_counted(const std::vector<std::string>& names,
                                               const std::string& reason);

}  // namespace pulsebench::counters
