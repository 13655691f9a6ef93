#include "pulsebench/harness/allocations.hpp"

#include <benchmark/benchmark.h>
#include <malloc.h>

#include <algorithm>
#include <atomic>
#include <cstddef>

#include "pulsebench/harness/call_table.hpp"

// Defined if a sanitizer owns the allocator, which chose the name.
// NOLINTNEXTLINE(bugprone-reserved-identifier)
extern "C" [[gnu::weak]] int __sanitizer_install_malloc_and_free_hooks(
    void (*allocated)(const volatile void*, std::size_t), void (*freed)(const volatile void*));

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
constexpr auto kRelaxed = std::memory_order_relaxed;
std::atomic<bool> watching{false};
std::atomic<std::int64_t> allocations{0}, bytes{0}, live{0}, peak{0};

void note_allocated(const volatile void* block, std::size_t size) {
  if (block == nullptr || !watching.load(kRelaxed)) return;
  allocations.fetch_add(1, kRelaxed);
  bytes.fetch_add(static_cast<std::int64_t>(size), kRelaxed);
  const auto held = static_cast<std::int64_t>(malloc_usable_size(const_cast<void*>(block)));
  const std::int64_t now = live.fetch_add(held, kRelaxed) + held;
  std::int64_t most = peak.load(kRelaxed);
  while (now > most && !peak.compare_exchange_weak(most, now, kRelaxed)) {
  }
}

void note_freed(const volatile void* block) {
  if (block == nullptr || !watching.load(kRelaxed)) return;
  live.fetch_sub(static_cast<std::int64_t>(malloc_usable_size(const_cast<void*>(block))), kRelaxed);
}

// The original functions, looked up before any call is redirected.
struct TrueCalls {
  decltype(&std::malloc) malloc = true_call<decltype(&std::malloc)>("malloc");
  decltype(&std::calloc) calloc = true_call<decltype(&std::calloc)>("calloc");
  decltype(&std::realloc) realloc = true_call<decltype(&std::realloc)>("realloc");
  decltype(&std::free) free = true_call<decltype(&std::free)>("free");
  decltype(&std::aligned_alloc) aligned_alloc =
      true_call<decltype(&std::aligned_alloc)>("aligned_alloc");
  decltype(&::memalign) memalign = true_call<decltype(&::memalign)>("memalign");
  decltype(&::posix_memalign) posix_memalign =
      true_call<decltype(&::posix_memalign)>("posix_memalign");
};
const TrueCalls* true_calls = nullptr;

void* counting_malloc(std::size_t size) {
  void* const block = true_calls->malloc(size);
  note_allocated(block, size);
  return block;
}

void* counting_calloc(std::size_t count, std::size_t size) {
  void* const block = true_calls->calloc(count, size);
  note_allocated(block, count * size);
  return block;
}

void* counting_realloc(void* old, std::size_t size) {
  note_freed(old);
  void* const block = true_calls->realloc(old, size);
  note_allocated(block, size);
  return block;
}

void counting_free(void* block) {
  note_freed(block);
  true_calls->free(block);
}

void* counting_aligned_alloc(std::size_t alignment, std::size_t size) {
  void* const block = true_calls->aligned_alloc(alignment, size);
  note_allocated(block, size);
  return block;
}

void* counting_memalign(std::size_t alignment, std::size_t size) {
  void* const block = true_calls->memalign(alignment, size);
  note_allocated(block, size);
  return block;
}

int counting_posix_memalign(void** block, std::size_t alignment, std::size_t size) {
  const int error = true_calls->posix_memalign(block, alignment, size);
  if (error == 0) note_allocated(*block, size);
  return error;
}

CallTable& redirected_calls() {
  static CallTable table;
  return table;
}

Result<void> redirect_calls() {
  static const TrueCalls calls;
  true_calls = &calls;
  return redirected_calls().redirect({{"malloc", as_address(&counting_malloc)},
                                      {"calloc", as_address(&counting_calloc)},
                                      {"realloc", as_address(&counting_realloc)},
                                      {"free", as_address(&counting_free)},
                                      {"aligned_alloc", as_address(&counting_aligned_alloc)},
                                      {"memalign", as_address(&counting_memalign)},
                                      {"posix_memalign", as_address(&counting_posix_memalign)}});
}

Result<void> hook_sanitizer() {
  static const bool hooked =
      __sanitizer_install_malloc_and_free_hooks(&note_allocated, &note_freed) != 0;
  if (hooked) return {};
  return fail(ErrorCode::bad_input, "the sanitizer takes no more allocation hooks");
}

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
  const bool sanitized = &__sanitizer_install_malloc_and_free_hooks != nullptr;
  if (auto ready = sanitized ? hook_sanitizer() : redirect_calls(); !ready) return ready;
  for (auto* figure : {&allocations, &bytes, &live, &peak}) figure->store(0, kRelaxed);
  watching.store(true, kRelaxed);
  return {};
}

void unwatch_heap() {
  watching.store(false, kRelaxed);
  redirected_calls().restore();
}

HeapUse heap_use() {
  return {.allocations = allocations.load(kRelaxed),
          .bytes = bytes.load(kRelaxed),
          .live = live.load(kRelaxed),
          .peak = peak.load(kRelaxed)};
}

void forget_peak() { peak.store(live.load(kRelaxed), kRelaxed); }

}  // namespace pulsebench::harness
