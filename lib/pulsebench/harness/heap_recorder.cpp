#include "pulsebench/harness/heap_recorder.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string_view>

#include "pulsebench/harness/heap_calls.hpp"
#include "pulsebench/harness/ticks.hpp"
#include "pulsebench/wire/heap_recording.hpp"

namespace pulsebench::harness {
namespace {

// Relaxed: an event is read after the threads that wrote it were stopped or joined, and the order
// of two events of one block is that of the allocator's own synchronisation.
constexpr auto kRelaxed = std::memory_order_relaxed;

/// Where events are written. It is filled from its begin on and never wraps. An eighth is kept for
/// frees, so that what was recorded can still be seen to be freed.
struct EventMemory {
  char* bytes = nullptr;
  std::size_t size = 0;
  std::atomic<std::size_t> used{0};
  std::atomic<std::uint64_t> frees_lost{0};
  std::atomic<bool> full{false};            ///< an allocation was not recorded
  std::atomic<std::uint32_t> operation{0};  ///< the current one
  std::uintptr_t stack_top = 0;             ///< end of what is copied of the stack
};
EventMemory memory;
thread_local bool runs_operations = false;

/// More is not the stack of the operations: a fiber or a signal handler has one of its own.
constexpr std::uint64_t kDeepestStack = 8U << 20U;

/// Room for an event of `bytes` below `limit`; null where there is none.
char* reserve(std::size_t bytes, std::size_t limit) {
  std::size_t begin = memory.used.load(kRelaxed);
  do {
    if (bytes > limit - std::min(limit, begin)) return nullptr;
  } while (!memory.used.compare_exchange_weak(begin, begin + bytes, kRelaxed));
  return memory.bytes + begin;
}

std::uint64_t number_of(const volatile void* address) {
  return reinterpret_cast<std::uintptr_t>(address);
}

#if defined(__x86_64__)
constexpr bool kKnownProcessor = true;

[[gnu::always_inline]] inline void read_registers(wire::HeapRegisters& into) {
  asm volatile(
      "leaq 0(%%rip), %%rax\n\t"
      "movq %%rax, 0(%0)\n\t"
      "movq %%rsp, 8(%0)\n\t"
      "movq %%rbx, 16(%0)\n\t"
      "movq %%rbp, 24(%0)\n\t"
      "movq %%r12, 32(%0)\n\t"
      "movq %%r13, 40(%0)\n\t"
      "movq %%r14, 48(%0)\n\t"
      "movq %%r15, 56(%0)"
      :
      : "r"(&into)
      : "rax", "memory");
}
#else
constexpr bool kKnownProcessor = false;
inline void read_registers(wire::HeapRegisters& /*into*/) {}
#endif

void note_allocated(const volatile void* block, std::size_t size, const void* caller) {
  const std::uint32_t operation = memory.operation.load(kRelaxed);
  if (operation == wire::kAfterOperations) return;
  wire::HeapEventHead head{.block = number_of(block),
                           .size = size,
                           .operation = operation,
                           .kind = wire::HeapEventKind::allocated_elsewhere,
                           .stack_bytes = 0,
                           .caller = number_of(caller)};
  wire::HeapRegisters registers;
  std::size_t bytes = sizeof head;
  read_registers(registers);
  const std::uint64_t depth = memory.stack_top - registers.rsp;  // immense on another stack
  if (kKnownProcessor && runs_operations && depth <= kDeepestStack) {
    head.kind = wire::HeapEventKind::allocated;
    head.stack_bytes = std::min(depth, wire::kMaxHeapStack);
    bytes += sizeof registers + head.stack_bytes;
  }
  char* const into = reserve(bytes, memory.size / 8 * 7);
  if (into == nullptr) return memory.full.store(true, kRelaxed);
  std::memcpy(into, &head, sizeof head);
  if (head.kind != wire::HeapEventKind::allocated) return;
  std::memcpy(into + sizeof head, &registers, sizeof registers);
  std::memcpy(into + sizeof head + sizeof registers, reinterpret_cast<const void*>(registers.rsp),
              head.stack_bytes);
}

void note_freed(const volatile void* block) {
  const wire::HeapEventHead head{.block = number_of(block),
                                 .operation = memory.operation.load(kRelaxed)};
  if (char* const into = reserve(sizeof head, memory.size)) {
    std::memcpy(into, &head, sizeof head);
  } else {
    memory.frees_lost.fetch_add(1, kRelaxed);
  }
}

constexpr HeapListener kEventWriter{.allocated = &note_allocated, .freed = &note_freed};

/// Empty, or why there is no memory for events.
std::string take_memory(std::size_t size) {
  void* const bytes = mmap(nullptr, size, PROT_READ | PROT_WRITE,
                           MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
  if (bytes == MAP_FAILED) return std::string{"no memory to record in: "} + std::strerror(errno);
  memory.bytes = static_cast<char*>(bytes);
  memory.size = size;
  memory.used.store(0, kRelaxed);
  memory.frees_lost.store(0, kRelaxed);
  memory.full.store(false, kRelaxed);
  memory.operation.store(0, kRelaxed);
  return {};
}

bool write_whole(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = write(file, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

/// Empty, or why the file cannot be written.
std::string write_recording(const std::string& name, std::uint64_t operations) {
  std::ifstream own_maps{"/proc/self/maps"};
  const std::string maps{std::istreambuf_iterator<char>{own_maps}, {}};
  const wire::HeapRecordingHead head{.operations = operations,
                                     .maps_bytes = maps.size(),
                                     .events_bytes = memory.used.load(kRelaxed),
                                     .frees_lost = memory.frees_lost.load(kRelaxed)};
  const int file = open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  const bool written =
      file >= 0 && write_whole(file, {reinterpret_cast<const char*>(&head), sizeof head}) &&
      write_whole(file, maps) && write_whole(file, {memory.bytes, head.events_bytes});
  const int error = errno;
  if (file >= 0) close(file);
  return written ? std::string{}
                 : "the recording cannot be written: " + std::string{std::strerror(error)};
}

}  // namespace

HeapRecorder::~HeapRecorder() {
  stop_listening_to_heap();
  // The memory stays: another thread may be about to write its event. The suite exits soon.
}

// Its frame ends what is copied of the stack: the frames above it are the harness's own.
[[gnu::noinline]] void HeapRecorder::run_operations(const Batch& batch) {
  memory.stack_top = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
  for (std::uint64_t i = 0; i < ask_.operations && !memory.full.load(kRelaxed); ++i) {
    memory.operation.store(static_cast<std::uint32_t>(i), kRelaxed);
    batch.run(batch.operation, 1);
    if (!memory.full.load(kRelaxed)) ++whole_;
  }
}

void HeapRecorder::record(const Batch& batch) {
  if (ask_.file.empty()) {  // another tool watches
    for (; whole_ < ask_.operations; ++whole_) batch.run(batch.operation, 1);
    return;
  }
  if (!kKnownProcessor) failure_ = "allocations are not recorded on this processor";
  if (sanitizer_owns_heap()) failure_ = "a sanitizer owns the allocator of this suite";
  if (failure_.empty()) failure_ = take_memory(ask_.most_bytes);
  if (!failure_.empty()) return;
  if (auto listening = listen_to_heap(kEventWriter); !listening) {
    failure_ = listening.error().message;
    return;
  }
  runs_operations = true;
  const std::uint64_t begin = monotonic_ns();
  run_operations(batch);
  ns_per_op_ = static_cast<double>(monotonic_ns() - begin) /
               static_cast<double>(std::max<std::uint64_t>(whole_, 1));
  runs_operations = false;
  memory.operation.store(wire::kAfterOperations, kRelaxed);
}

wire::Event HeapRecorder::finish() {
  stop_listening_to_heap();
  if (failure_.empty() && !ask_.file.empty()) failure_ = write_recording(ask_.file, whole_);
  if (failure_.empty() && whole_ == 0) failure_ = "one operation allocates more than is recorded";
  if (!failure_.empty()) {
    return wire::Failed{.id = ask_.id, .status = Status::failed, .reason = failure_};
  }
  return wire::HeapRecorded{.id = ask_.id, .operations = whole_, .ns_per_op = ns_per_op_};
}

}  // namespace pulsebench::harness
