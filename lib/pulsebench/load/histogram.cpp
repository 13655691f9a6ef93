#include "pulsebench/load/histogram.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>

namespace pulsebench::load {

// Two octaves share the first 2048 buckets: every number has one of its own there.
Histogram::Histogram() : counts_((kMaxBits - kOctaveBits + 1) * kPerOctave, 0) {}

std::size_t Histogram::index_of(std::uint64_t ns) {
  ns = std::min(ns, (std::uint64_t{1} << kMaxBits) - 1);
  const int digits = static_cast<int>(std::bit_width(ns | kPerOctave));
  const int shift = digits - kOctaveBits - 1;
  return static_cast<std::size_t>(shift) * kPerOctave + (ns >> static_cast<unsigned>(shift));
}

double Histogram::middle_of(std::size_t index) {
  if (index < 2 * kPerOctave) return static_cast<double>(index);
  const auto shift = static_cast<unsigned>(index / kPerOctave - 1);
  const std::uint64_t lowest = (index % kPerOctave + kPerOctave) << shift;
  return static_cast<double>(lowest) + static_cast<double>((std::uint64_t{1} << shift) - 1) / 2.0;
}

double Histogram::value_of(std::size_t index) const {
  return index == index_of(longest_) ? longest_ns() : middle_of(index);
}

void Histogram::record(std::chrono::nanoseconds latency, std::uint64_t times) {
  assert(latency.count() >= 0);
  if (times == 0) return;
  const auto ns = static_cast<std::uint64_t>(latency.count());
  counts_[index_of(ns)] += times;
  count_ += times;
  longest_ = std::max(longest_, ns);
  sum_ += static_cast<double>(ns) * static_cast<double>(times);
}

void Histogram::merge(const Histogram& other) {
  for (std::size_t i = 0; i < counts_.size(); ++i) counts_[i] += other.counts_[i];
  count_ += other.count_;
  longest_ = std::max(longest_, other.longest_);
  sum_ += other.sum_;
}

double Histogram::mean_ns() const { return count_ == 0 ? 0.0 : sum_ / static_cast<double>(count_); }

double Histogram::quantile_ns(double p) const {
  assert(p >= 0.0 && p <= 1.0);
  if (count_ == 0) return 0.0;
  const auto wanted = std::max<std::uint64_t>(
      1, static_cast<std::uint64_t>(std::ceil(p * static_cast<double>(count_))));
  std::uint64_t seen = 0;
  for (std::size_t i = 0; i < counts_.size(); ++i) {
    seen += counts_[i];
    if (seen >= wanted) return value_of(i);
  }
  return longest_ns();
}

Latencies Histogram::latencies() const {
  Latencies buckets;
  for (std::size_t i = 0; i < counts_.size(); ++i) {
    if (counts_[i] > 0) buckets.push_back({.ns = value_of(i), .count = counts_[i]});
  }
  return buckets;
}

void Histogram::clear() {
  std::fill(counts_.begin(), counts_.end(), 0);
  count_ = longest_ = 0;
  sum_ = 0.0;
}

}  // namespace pulsebench::load
