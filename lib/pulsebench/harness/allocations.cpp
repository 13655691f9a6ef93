#include "pulsebench/harness/allocations.hpp"

#include <benchmark/benchmark.h>
#include <malloc.h>

#include <algorithm>
#include <atomic>
#include <cstddef>

#include "pulsebench/harness/heap_calls.hpp"

namespace pulsebench::harness {
namespace {

class HeapManager final : public benchmark::MemoryManager {
 public:
  // No `override`: version 1.7.1 calls one Stop and has the other pure, versions from 1.8.0 on have
  // only the one with a reference. Clang wants the word at all of them or at none.
  // NOLINTBEGIN(modernize-use-override)
  virtual void Start() { watched_ = watch_heap().has_value(); }
  virtual void Stop(Result* result) { stop(*result); }
  virtual void Stop(Result& result) { stop(result); }
  // NOLINTEND(modernize-use-override)

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

// Relaxed: the numbers are read after their threads were joined or stopped.
constexpr auto kCountOrder = std::memory_order_relaxed;
std::atomic<std::int64_t> allocations{0}, bytes{0}, live{0}, peak{0};

void count_allocated(const volatile void* block, std::size_t size, const void* /*caller*/) {
  allocations.fetch_add(1, kCountOrder);
  bytes.fetch_add(static_cast<std::int64_t>(size), kCountOrder);
  const auto held = static_cast<std::int64_t>(malloc_usable_size(const_cast<void*>(block)));
  const std::int64_t now = live.fetch_add(held, kCountOrder) + held;
  std::int64_t most = peak.load(kCountOrder);
  while (now > most && !peak.compare_exchange_weak(most, now, kCountOrder)) {
  }
}

void count_freed(const volatile void* block) {
  live.fetch_sub(static_cast<std::int64_t>(malloc_usable_size(const_cast<void*>(block))),
                 kCountOrder);
}

constexpr HeapListener kCounter{.allocated = &count_allocated, .freed = &count_freed};

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

Result<void> watch_heap() {
  for (auto* figure : {&allocations, &bytes, &live, &peak}) figure->store(0, kCountOrder);
  return listen_to_heap(kCounter);
}

void unwatch_heap() { stop_listening_to_heap(); }

HeapUse heap_use() {
  return {.allocations = allocations.load(kCountOrder),
          .bytes = bytes.load(kCountOrder),
          .live = live.load(kCountOrder),
          .peak = peak.load(kCountOrder)};
}

void forget_peak() { peak.store(live.load(kCountOrder), kCountOrder); }

}  // namespace pulsebench::harness
