#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "pulsebench/vocabulary/latency.hpp"

namespace pulsebench::load {

/// Log-linear histogram of latencies, with three significant digits: no bucket is wider than 1/1024
/// of its values, and each number of nanoseconds below 2048 has a bucket of its own. Latencies
/// beyond 2^40 ns (18 minutes) are counted as that; the longest is kept exactly.
/// Source: the layout of HdrHistogram (Tene), with 1024 buckets for each power of two.
class Histogram {
 public:
  Histogram();

  /// Precondition: `latency` >= 0.
  void record(std::chrono::nanoseconds latency, std::uint64_t times = 1);

  /// Adds all latencies of `other`.
  void merge(const Histogram& other);

  [[nodiscard]] std::uint64_t count() const { return count_; }
  [[nodiscard]] double longest_ns() const { return static_cast<double>(longest_); }
  /// 0 if there are no latencies.
  [[nodiscard]] double mean_ns() const;

  /// Smallest latency in ns that is not below a share `p` of all, within 0.05 %; 0 if there are no
  /// latencies. Precondition: 0 <= p <= 1.
  [[nodiscard]] double quantile_ns(double p) const;

  /// The buckets that are not empty.
  [[nodiscard]] Latencies latencies() const;

  void clear();

 private:
  static constexpr std::uint64_t kPerOctave = 1024;
  static constexpr int kOctaveBits = 10;
  static constexpr int kMaxBits = 40;

  [[nodiscard]] static std::size_t index_of(std::uint64_t ns);
  [[nodiscard]] static double middle_of(std::size_t index);
  /// The middle of the bucket; of the last one that is not empty, the longest latency.
  [[nodiscard]] double value_of(std::size_t index) const;

  std::vector<std::uint64_t> counts_;
  std::uint64_t count_ = 0;
  std::uint64_t longest_ = 0;
  double sum_ = 0.0;
};

}  // namespace pulsebench::load
