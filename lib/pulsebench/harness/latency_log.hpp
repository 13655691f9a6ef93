#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <chrono>
#include <cstdint>

#include "pulsebench/harness/ticks.hpp"
#include "pulsebench/vocabulary/latency.hpp"

namespace pulsebench::harness {

/// Histogram of the operations' latencies, in buckets of 1/64 of a power of two. Adding is a shift
/// and an increment, and no bucket is wider than 1.6 %.
class LatencyLog {
 public:
  [[nodiscard]] std::uint64_t begin() const { return clock_.begin(); }
  void end(std::uint64_t began) { add(clock_.end() - began); }

  void add(std::uint64_t ticks) {
    ++counts_[bucket_of(ticks)];
    longest_ = std::max(longest_, ticks);
  }

  /// Adds an operation that measured its own latency.
  void add(std::chrono::duration<double, std::nano> latency) {
    const auto ticks = static_cast<std::uint64_t>(std::max(latency.count(), 0.0) / ns_per_tick_);
    reported_ += ticks;
    add(ticks);
  }

  /// Sum of the latencies that operations measured themselves, in ticks; `clear` keeps it.
  [[nodiscard]] std::uint64_t reported() const { return reported_; }

  void clear() {
    counts_.fill(0);
    longest_ = 0;
  }

  [[nodiscard]] Latencies latencies() const;

 private:
  static constexpr std::uint64_t kParts = 64;  // of a power of two
  static constexpr int kPartBits = 6;

  [[nodiscard]] static std::size_t bucket_of(std::uint64_t ticks) {
    if (ticks < kParts) return ticks;
    const int shift = static_cast<int>(std::bit_width(ticks)) - kPartBits - 1;
    return static_cast<std::size_t>(shift) * kParts + (ticks >> static_cast<unsigned>(shift));
  }
  [[nodiscard]] static double middle_of(std::size_t bucket);

  TickClock clock_;
  double ns_per_tick_ = clock_.ns_per_tick();
  std::array<std::uint64_t, kParts*(65 - kPartBits)> counts_{};
  std::uint64_t longest_ = 0;
  std::uint64_t reported_ = 0;
};

}  // namespace pulsebench::harness
