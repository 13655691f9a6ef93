#include "pulsebench/harness/heap_calls.hpp"

#include <malloc.h>

#include <atomic>
#include <cstdlib>

#include "pulsebench/harness/call_table.hpp"

// Defined if a sanitizer owns the allocator, which chose the name.
// NOLINTNEXTLINE(bugprone-reserved-identifier)
extern "C" [[gnu::weak]] int __sanitizer_install_malloc_and_free_hooks(
    void (*allocated)(const volatile void*, std::size_t), void (*freed)(const volatile void*));

namespace pulsebench::harness {
namespace {

// Acquire and release: a listener's own state is set up before it is heard of.
std::atomic<const HeapListener*> heap_listener{nullptr};

void tell_allocated(const volatile void* block, std::size_t size, const void* caller) {
  const HeapListener* const listener = heap_listener.load(std::memory_order_acquire);
  if (block != nullptr && listener != nullptr) listener->allocated(block, size, caller);
}

void tell_freed(const volatile void* block) {
  const HeapListener* const listener = heap_listener.load(std::memory_order_acquire);
  if (block != nullptr && listener != nullptr) listener->freed(block);
}

void tell_allocated_by_sanitizer(const volatile void* block, std::size_t size) {
  tell_allocated(block, size, nullptr);
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

void* heard_malloc(std::size_t size) {
  void* const block = true_calls->malloc(size);
  tell_allocated(block, size, __builtin_return_address(0));
  return block;
}

void* heard_calloc(std::size_t count, std::size_t size) {
  void* const block = true_calls->calloc(count, size);
  tell_allocated(block, count * size, __builtin_return_address(0));
  return block;
}

void* heard_realloc(void* old, std::size_t size) {
  tell_freed(old);
  void* const block = true_calls->realloc(old, size);
  tell_allocated(block, size, __builtin_return_address(0));
  return block;
}

void heard_free(void* block) {
  tell_freed(block);
  true_calls->free(block);
}

void* heard_aligned_alloc(std::size_t alignment, std::size_t size) {
  void* const block = true_calls->aligned_alloc(alignment, size);
  tell_allocated(block, size, __builtin_return_address(0));
  return block;
}

void* heard_memalign(std::size_t alignment, std::size_t size) {
  void* const block = true_calls->memalign(alignment, size);
  tell_allocated(block, size, __builtin_return_address(0));
  return block;
}

int heard_posix_memalign(void** block, std::size_t alignment, std::size_t size) {
  const int error = true_calls->posix_memalign(block, alignment, size);
  if (error == 0) tell_allocated(*block, size, __builtin_return_address(0));
  return error;
}

CallTable& redirected_calls() {
  static CallTable table;
  return table;
}

Result<void> redirect_calls() {
  static const TrueCalls calls;
  true_calls = &calls;
  return redirected_calls().redirect({{"malloc", as_address(&heard_malloc)},
                                      {"calloc", as_address(&heard_calloc)},
                                      {"realloc", as_address(&heard_realloc)},
                                      {"free", as_address(&heard_free)},
                                      {"aligned_alloc", as_address(&heard_aligned_alloc)},
                                      {"memalign", as_address(&heard_memalign)},
                                      {"posix_memalign", as_address(&heard_posix_memalign)}});
}

Result<void> hook_sanitizer() {
  static const bool hooked =
      __sanitizer_install_malloc_and_free_hooks(&tell_allocated_by_sanitizer, &tell_freed) != 0;
  if (hooked) return {};
  return fail(ErrorCode::bad_input, "the sanitizer takes no more allocation hooks");
}

}  // namespace

bool sanitizer_owns_heap() { return &__sanitizer_install_malloc_and_free_hooks != nullptr; }

Result<void> listen_to_heap(const HeapListener& listener) {
  if (auto ready = sanitizer_owns_heap() ? hook_sanitizer() : redirect_calls(); !ready) {
    return ready;
  }
  heap_listener.store(&listener, std::memory_order_release);
  return {};
}

void stop_listening_to_heap() {
  heap_listener.store(nullptr, std::memory_order_release);
  redirected_calls().restore();
}

}  // namespace pulsebench::harness
