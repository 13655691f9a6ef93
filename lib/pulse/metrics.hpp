#pragma once

#include <atomic>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "pulse/histogram.hpp"
#include "pulse/worker_group.hpp"

namespace pulse {

/// Name of a metric (letters, digits, `_` and `:`, no digit first) and its description.
struct MetricName {
  std::string name;
  std::string help;
};

/// Values of all metrics at about the same time.
struct MetricsSnapshot {
  struct Counter {
    MetricName name;
    std::uint64_t value = 0;
  };
  struct Distribution {
    MetricName name;
    Histogram values;
  };

  std::vector<Counter> counters;
  std::vector<Distribution> histograms;

  /// Text in Prometheus's exposition format 0.0.4. Histograms have one bucket for each power of two
  /// up to the largest value.
  [[nodiscard]] std::string to_prometheus() const;
};

/// Counters and histograms with a shard for each worker. Recording is a load and a store in the
/// worker's own cache lines, and a snapshot only reads.
///
/// Memory order: all relaxed. Each number has one writer and publishes no other data. A snapshot
/// taken while workers record has each number from some moment during the call.
class Metrics {
 public:
  /// Ids are positions in these lists. `group` has to outlive the metrics. Aborts with a message if
  /// a name is not valid.
  Metrics(WorkerGroup& group, std::vector<MetricName> counters, std::vector<MetricName> histograms);
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  /// Only the thread of `worker` calls this and `record_histogram`. A worker's first call allocates
  /// its shard.
  void increment_counter(const Worker& worker, std::size_t counter, std::uint64_t by = 1) noexcept {
    assert(counter < counters_.size());
    bump(shard_of(worker).counters[counter], by);
  }

  void record_histogram(const Worker& worker, std::size_t histogram, std::uint64_t value) noexcept {
    assert(histogram < histograms_.size());
    Distribution& own = shard_of(worker).histograms[histogram];
    bump(own.buckets[LogBuckets::index_of(value)], 1);
    bump(own.sum, value);
  }

  /// Any thread.
  [[nodiscard]] MetricsSnapshot snapshot() const;

 private:
  using Number = std::atomic<std::uint64_t>;

  struct alignas(64) Distribution {
    Number sum{0};
    Number buckets[LogBuckets::kCount]{};
  };

  /// The numbers that one worker writes.
  struct Shard {
    Shard(std::size_t counter_count, std::size_t histogram_count);
    std::unique_ptr<Number[]> counters;
    std::unique_ptr<Distribution[]> histograms;
  };

  static void bump(Number& number, std::uint64_t by) noexcept {
    // Relaxed, both: see the class.
    number.store(number.load(std::memory_order_relaxed) + by, std::memory_order_relaxed);
  }

  [[nodiscard]] Shard& shard_of(const Worker& worker) noexcept {
    assert(worker.index() < shards_.size());
    // Relaxed: the group's lock orders the threads that use this worker's place, so the pointer is
    // this thread's or an earlier one that it can see.
    Shard* const shard = shards_[worker.index()].load(std::memory_order_relaxed);
    return shard != nullptr ? *shard : make_shard(worker.index());
  }

  Shard& make_shard(std::size_t worker) noexcept;

  const std::vector<MetricName> counters_;
  const std::vector<MetricName> histograms_;
  std::vector<std::atomic<Shard*>> shards_;
};

}  // namespace pulse
