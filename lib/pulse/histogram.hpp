#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace pulse {

/// Logarithmic buckets for integers of any size: 64 for each power of two. The middle of a bucket
/// is at most 1/128 (0.8 %) from every value in it. Each number below 128 has its own bucket.
struct LogBuckets {
  static constexpr unsigned kBits = 6;
  static constexpr std::uint64_t kPerOctave = std::uint64_t{1} << kBits;
  static constexpr std::size_t kCount = (64 - kBits) * kPerOctave + kPerOctave;

  [[nodiscard]] static constexpr std::size_t index_of(std::uint64_t value) noexcept {
    // The shift to the right that leaves kBits + 1 digits.
    const int digits = static_cast<int>(std::bit_width(value | kPerOctave));
    const int shift = digits - static_cast<int>(kBits) - 1;
    return static_cast<std::size_t>(shift) * kPerOctave + (value >> shift);
  }

  /// Lowest and highest value of the bucket.
  [[nodiscard]] static constexpr std::uint64_t lowest(std::size_t index) noexcept {
    if (index < 2 * kPerOctave) return index;
    return (index % kPerOctave + kPerOctave) << (index / kPerOctave - 1);
  }
  [[nodiscard]] static constexpr std::uint64_t highest(std::size_t index) noexcept {
    if (index < 2 * kPerOctave) return index;
    return lowest(index) + ((std::uint64_t{1} << (index / kPerOctave - 1)) - 1);
  }
  [[nodiscard]] static constexpr std::uint64_t middle(std::size_t index) noexcept {
    return lowest(index) + (highest(index) - lowest(index)) / 2;
  }
};

/// Histogram as a value, to read and to merge. 30 KiB.
class Histogram {
 public:
  void add(std::size_t bucket, std::uint64_t times) noexcept {
    counts_[bucket] += times;
    count_ += times;
  }
  void add_sum(std::uint64_t sum) noexcept { sum_ += sum; }

  void record(std::uint64_t value) noexcept {
    add(LogBuckets::index_of(value), 1);
    add_sum(value);
  }

  /// Adds all values of `other`.
  void merge(const Histogram& other) noexcept {
    for (std::size_t i = 0; i < counts_.size(); ++i) counts_[i] += other.counts_[i];
    count_ += other.count_;
    sum_ += other.sum_;
  }

  [[nodiscard]] std::uint64_t count() const noexcept { return count_; }
  [[nodiscard]] std::uint64_t sum() const noexcept { return sum_; }
  [[nodiscard]] std::uint64_t count_in(std::size_t bucket) const noexcept {
    return counts_[bucket];
  }

  /// Quantile `q` (0 to 1) of all values, to within 0.8 %; 0 if there are none.
  [[nodiscard]] std::uint64_t quantile(double q) const noexcept {
    if (count_ == 0) return 0;
    const double wanted = std::clamp(q, 0.0, 1.0) * static_cast<double>(count_);
    std::uint64_t seen = 0;
    std::size_t last = 0;
    for (std::size_t i = 0; i < counts_.size(); ++i) {
      if (counts_[i] == 0) continue;
      seen += counts_[i];
      last = i;
      if (static_cast<double>(seen) >= wanted) break;
    }
    return LogBuckets::middle(last);
  }

 private:
  std::array<std::uint64_t, LogBuckets::kCount> counts_{};
  std::uint64_t count_ = 0;
  std::uint64_t sum_ = 0;
};

}  // namespace pulse
