#include "pulse/metrics.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <utility>

namespace pulse {
namespace {

bool is_metric_name(const std::string& name) {
  const auto is_letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':';
  };
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  return !name.empty() && is_letter(name.front()) &&
         std::all_of(name.begin(), name.end(), [&](char c) { return is_letter(c) || is_digit(c); });
}

std::vector<MetricName> checked(std::vector<MetricName> names) {
  for (const MetricName& metric : names) {
    if (is_metric_name(metric.name)) continue;
    std::fprintf(stderr, "pulse: '%s' is not a metric name; use letters, digits, _ and :\n",
                 metric.name.c_str());
    std::abort();
  }
  return names;
}

/// HELP text: backslash and line feed are escaped, nothing else is.
std::string escaped(const std::string& help) {
  std::string text;
  for (const char c : help) {
    if (c == '\\')
      text += "\\\\";
    else if (c == '\n')
      text += "\\n";
    else
      text += c;
  }
  return text;
}

void append_head(std::string& text, const MetricName& metric, const char* type) {
  text += "# HELP " + metric.name + " " + escaped(metric.help) + "\n";
  text += "# TYPE " + metric.name + " " + type + "\n";
}

void append_buckets(std::string& text, const std::string& name, const Histogram& values) {
  std::uint64_t below = 0;
  std::size_t bucket = 0;
  // Each group of buckets ends with a value of 2^k - 1, so that "le" holds exactly.
  while (below < values.count()) {
    const std::size_t first = bucket;
    const std::size_t length = first == 0 ? 2 * LogBuckets::kPerOctave : LogBuckets::kPerOctave;
    for (; bucket < first + length; ++bucket) below += values.count_in(bucket);
    text += name + "_bucket{le=\"" + std::to_string(LogBuckets::highest(bucket - 1)) + "\"} " +
            std::to_string(below) + "\n";
  }
  text += name + "_bucket{le=\"+Inf\"} " + std::to_string(values.count()) + "\n";
}

}  // namespace

std::string MetricsSnapshot::to_prometheus() const {
  std::string text;
  for (const Counter& counter : counters) {
    append_head(text, counter.name, "counter");
    text += counter.name.name + " " + std::to_string(counter.value) + "\n";
  }
  for (const Distribution& histogram : histograms) {
    const std::string& name = histogram.name.name;
    append_head(text, histogram.name, "histogram");
    append_buckets(text, name, histogram.values);
    text += name + "_sum " + std::to_string(histogram.values.sum()) + "\n";
    text += name + "_count " + std::to_string(histogram.values.count()) + "\n";
  }
  return text;
}

Metrics::Shard::Shard(std::size_t counter_count, std::size_t histogram_count)
    // One more cache line, so that no other heap object shares the last one.
    : counters(std::make_unique<Number[]>(counter_count + 8)),
      histograms(std::make_unique<Distribution[]>(histogram_count)) {}

Metrics::Metrics(WorkerGroup& group, std::vector<MetricName> counters,
                 std::vector<MetricName> histograms)
    : counters_(checked(std::move(counters))),
      histograms_(checked(std::move(histograms))),
      shards_(group.capacity()) {}

Metrics::~Metrics() {
  for (auto& shard : shards_) delete shard.load(std::memory_order_relaxed);  // no other thread
}

MetricsSnapshot Metrics::snapshot() const {
  MetricsSnapshot all;
  for (const MetricName& name : counters_) all.counters.push_back({name, 0});
  for (const MetricName& name : histograms_) all.histograms.push_back({name, {}});
  for (const auto& place : shards_) {
    // Acquire: pairs with the release in `make_shard`, so that the shard is seen constructed.
    const Shard* const shard = place.load(std::memory_order_acquire);
    if (shard == nullptr) continue;
    // Relaxed, all below: see the class.
    for (std::size_t i = 0; i < counters_.size(); ++i) {
      all.counters[i].value += shard->counters[i].load(std::memory_order_relaxed);
    }
    for (std::size_t i = 0; i < histograms_.size(); ++i) {
      const Distribution& from = shard->histograms[i];
      Histogram& to = all.histograms[i].values;
      for (std::size_t b = 0; b < LogBuckets::kCount; ++b) {
        to.add(b, from.buckets[b].load(std::memory_order_relaxed));
      }
      to.add_sum(from.sum.load(std::memory_order_relaxed));
    }
  }
  return all;
}

Metrics::Shard& Metrics::make_shard(std::size_t worker) noexcept {
  // Out of memory ends the process: a metric has no way to report it.
  // NOLINTNEXTLINE(bugprone-unhandled-exception-at-new)
  auto* const shard = new Shard(counters_.size(), histograms_.size());
  shards_[worker].store(shard, std::memory_order_release);  // pairs with `snapshot`
  return *shard;
}

}  // namespace pulse
