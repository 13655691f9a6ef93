#pragma once

#include <cstdint>

namespace pulse {

/// Counts of a manager since its construction. Each is exact while the workers do not poll;
/// otherwise it is from some moment during the call.
struct TierMetrics {
  std::uint64_t polls = 0;
  std::uint64_t violations = 0;
  std::uint64_t promotions = 0;
  std::uint64_t demotions = 0;
  std::uint64_t yields = 0;      ///< decisions to yield
  std::uint64_t isolations = 0;  ///< decisions to isolate
  std::int64_t tasks = 0;        ///< watched now
};

}  // namespace pulse
