#pragma once

#include <cstdint>
#include <vector>

namespace pulsebench {

/// Operations that took about as long, timed one by one.
struct LatencyBucket {
  double ns = 0.0;  ///< within 1 % of each of them; of the last bucket the longest, exactly
  std::uint64_t count = 0;
};

/// By time, ascending.
using Latencies = std::vector<LatencyBucket>;

}  // namespace pulsebench
