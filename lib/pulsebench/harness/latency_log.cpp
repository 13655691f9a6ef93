#include "pulsebench/harness/latency_log.hpp"

#include <cmath>

namespace pulsebench::harness {

double LatencyLog::middle_of(std::size_t bucket) {
  if (bucket < 2 * kParts) return static_cast<double>(bucket);  // exact: one tick wide
  const auto shift = static_cast<int>(bucket / kParts) - 1;
  const auto part = static_cast<double>(bucket % kParts + kParts);
  return std::ldexp(part + 0.5, shift);
}

Latencies LatencyLog::latencies() const {
  Latencies latencies;
  for (std::size_t bucket = 0; bucket < counts_.size(); ++bucket) {
    if (counts_[bucket] == 0) continue;
    latencies.push_back({.ns = middle_of(bucket) * ns_per_tick_, .count = counts_[bucket]});
  }
  if (!latencies.empty()) latencies.back().ns = static_cast<double>(longest_) * ns_per_tick_;
  return latencies;
}

}  // namespace pulsebench::harness
