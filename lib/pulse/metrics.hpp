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

/// A metric's name (letters, digits, `_` and `:`, no digit first) and what it counts.
struct MetricName {
  std::string name;
  std::string help;
};

/// All metrics at about one moment.
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

  /// Text exposition format 0.0.4 of Prometheus. Histograms with one bucket for each power of two
  /// up to the largest value seen.
  [[nodiscard]] std::string to_prometheus() const;
};

/// Counters and histograms with a shard for each worker: recording is a load and a store on the
/// worker's own lines, and a snapshot only reads.
///
/// Memory order: all relaxed. Each number has one writer and stands for itself; a snapshot that is
/// taken while workers record has each number from some moment during the call.
class Metrics {
 public:
  /// Ids are the positions in these lists. `group` has to outlive the metrics. Aborts with a
  /// message where a name is none.
  Metrics(WorkerGroup& group, std::vector<MetricName> counters, std::vector<MetricName> histograms);
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  /// By the thread of `worker` alone, as is `record_histogram`. A worker's first call of either
  /// allocates its shard.
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

  /// What one worker writes.
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
    // Relaxed: this worker's place is handed from thread to thread under the group's lock, so the
    // pointer is this thread's or one that it has been ordered behind.
    Shard* const shard = shards_[worker.index()].load(std::memory_order_relaxed);
    return shard != nullptr ? *shard : make_shard(worker.index());
  }

  Shard& make_shard(std::size_t worker) noexcept;

  const std::vector<MetricName> counters_;
  const std::vector<MetricName> histograms_;
  std::vector<std::atomic<Shard*>> shards_;
};

}  // namespace pulse
