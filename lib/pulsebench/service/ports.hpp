#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::service {

/// Returns `count` different ports of 127.0.0.1 that nothing listens on. Another program may take
/// one before the server does, so a start that fails for that is tried with others. `io` if there
/// are no such ports.
[[nodiscard]] Result<std::vector<std::uint16_t>> free_ports(std::size_t count);

}  // namespace pulsebench::service
