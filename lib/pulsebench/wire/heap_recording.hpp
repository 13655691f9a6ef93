#pragma once

#include <cstdint>

/// The file in which a suite leaves what `RecordHeap` asked for: a head, the text of its
/// /proc/self/maps, and the events in the order in which they happened. Numbers are of this
/// machine's byte order, since no other machine reads them.
namespace pulsebench::wire {

inline constexpr std::uint64_t kHeapMagic = 0x3170616568'6270;  ///< "pbheap1"

struct HeapRecordingHead {
  std::uint64_t magic = kHeapMagic;
  std::uint64_t operations = 0;  ///< that were recorded from begin to end
  std::uint64_t maps_bytes = 0;
  std::uint64_t events_bytes = 0;
  std::uint64_t frees_lost = 0;  ///< for lack of room; then what is live at the end is unknown
};

enum class HeapEventKind : std::uint32_t { freed = 0, allocated = 1, allocated_elsewhere = 2 };

/// A free is this alone. An allocation of the thread that runs the operations is followed by
/// `HeapRegisters` and `stack_bytes` of the stack from its pointer on; that of another thread, or
/// on another stack, by nothing, and its stack is unknown.
struct HeapEventHead {
  std::uint64_t block = 0;
  std::uint64_t size = 0;       ///< as it was asked for; 0 of a free
  std::uint32_t operation = 0;  ///< from 0 on; `kAfterOperations` once the last has ended
  HeapEventKind kind = HeapEventKind::freed;
  std::uint64_t stack_bytes = 0;  ///< a multiple of 8
  std::uint64_t caller = 0;       ///< where the call of the allocation function returns to
};

inline constexpr std::uint32_t kAfterOperations = 0xFFFFFFFF;

/// Those that a call preserves (System V ABI, x86-64), in a frame of the recorder.
struct HeapRegisters {
  std::uint64_t rip = 0, rsp = 0, rbx = 0, rbp = 0, r12 = 0, r13 = 0, r14 = 0, r15 = 0;
};

inline constexpr std::uint64_t kMaxHeapOperations = 20'000;
inline constexpr std::uint64_t kMaxHeapBytes = 64U << 20U;
inline constexpr std::uint64_t kMaxHeapStack = 16'384;

}  // namespace pulsebench::wire
