#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pulsebench/vocabulary/result.hpp"
#include "pulsebench/wire/heap_recording.hpp"

namespace pulsebench::profile {

/// One event, and where its registers and stack begin in the bytes of the recording.
struct HeapEvent {
  wire::HeapEventHead head;
  std::size_t stack_at = 0;  ///< of an allocation with a stack
};

/// What a suite recorded of its allocations.
struct HeapRecording {
  std::uint64_t operations = 0;  ///< recorded from begin to end
  std::uint64_t frees_lost = 0;
  std::string bytes;      ///< the whole file
  std::string_view maps;  ///< of `bytes`: the suite's /proc/self/maps
  std::vector<HeapEvent> events;

  HeapRecording() = default;
  HeapRecording(HeapRecording&&) noexcept = default;  // moves a long text, whose bytes stay
  HeapRecording& operator=(HeapRecording&&) noexcept = default;

  /// Of an allocation with a stack.
  [[nodiscard]] wire::HeapRegisters registers_of(const HeapEvent& event) const;
  [[nodiscard]] std::string_view stack_of(const HeapEvent& event) const;
};

/// Reads the file of a recording. `child_failed` where it is none, or is cut.
[[nodiscard]] Result<HeapRecording> read_heap_recording(std::string bytes);

inline constexpr std::uint32_t kNeverFreed = 0xFFFFFFFE;

/// A block from its allocation to its free.
struct HeapBlock {
  std::uint64_t size = 0;
  std::size_t allocated_by = 0;      ///< the event
  std::size_t freed_by = 0;          ///< the event; the number of events where none freed it
  std::uint32_t born = 0;            ///< the operation
  std::uint32_t died = kNeverFreed;  ///< the operation, or `wire::kAfterOperations`

  [[nodiscard]] bool never_freed() const { return died == kNeverFreed; }
  [[nodiscard]] bool died_at_once() const { return died == born; }
};

/// Every block that an operation allocated, in order. An operation that was cut by the end of the
/// recording does not count; what it freed was freed after the operations. Pure.
[[nodiscard]] std::vector<HeapBlock> blocks_of(const HeapRecording& recording);

/// The operations whose allocations are counted: the second half, so that what only the first ones
/// allocate does not count. Of one operation it is that one. Pure.
[[nodiscard]] std::uint32_t first_counted(std::uint64_t operations);

}  // namespace pulsebench::profile
