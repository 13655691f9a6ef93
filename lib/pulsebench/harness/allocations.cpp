#include "pulsebench/harness/allocations.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>

#include "pulsebench/harness/allocation_watch.hpp"

namespace pulsebench::harness {
namespace {

class HeapManager final : public benchmark::MemoryManager {
 public:
  void Start() override { watched_ = watch_heap().has_value(); }

  // Both: version 1.7.1 calls one and requires an override of the other.
  void Stop(Result* result) override { stop(*result); }
  void Stop(Result& result) override { stop(result); }

 private:
  void stop(Result& result) const {
    if (!watched_) return;
    const HeapUse use = heap_use();
    unwatch_heap();
    result.num_allocs = use.allocations;
    result.max_bytes_used = use.peak;
    result.total_allocated_bytes = use.bytes;
    result.net_heap_growth = use.live;
  }

  bool watched_ = false;
};

}  // namespace

wire::Event count_allocations(const wire::CountAllocations& ask, const Batch& batch) {
  batch.run(batch.operation, ask.operations);
  if (auto watched = watch_heap(); !watched) {
    return wire::Failed{.id = ask.id, .status = Status::failed, .reason = watched.error().message};
  }
  std::int64_t most = 0;
  for (std::uint64_t i = 0; i < ask.operations; ++i) {
    forget_peak();
    const std::int64_t before = heap_use().live;
    batch.run(batch.operation, 1);
    most = std::max(most, heap_use().peak - before);
  }
  const HeapUse use = heap_use();
  unwatch_heap();
  const auto operations = static_cast<double>(ask.operations);
  return wire::CountedAllocations{
      .id = ask.id,
      .allocations = {.per_op = static_cast<double>(use.allocations) / operations,
                      .bytes_per_op = static_cast<double>(use.bytes) / operations,
                      .peak_bytes = static_cast<std::uint64_t>(std::max<std::int64_t>(most, 0)),
                      .operations = ask.operations}};
}

void report_allocations_to_google_benchmark() {
  static HeapManager manager;
  benchmark::RegisterMemoryManager(&manager);
}

}  // namespace pulsebench::harness
