#pragma once

#include <cstdint>
#include <string>

#include "pulsebench/harness/measure.hpp"
#include "pulsebench/wire/messages.hpp"

namespace pulsebench::harness {

/// Records each allocation and each free of the operations of one benchmark: `record` while it
/// runs, `finish` once it has ended, so that blocks freed by its clean-up are known to be freed. An
/// allocation comes with the registers and a copy of the stack up to the batch, which the
/// orchestrator unwinds. One object at a time. Allocator calls of operations are redirected between
/// the two only.
class HeapRecorder {
 public:
  explicit HeapRecorder(wire::RecordHeap ask) : ask_(std::move(ask)) {}
  ~HeapRecorder();
  HeapRecorder(const HeapRecorder&) = delete;
  HeapRecorder& operator=(const HeapRecorder&) = delete;

  /// Runs the operations one by one, up to the last that fits the memory.
  void record(const Batch& batch);

  /// Writes the file. `HeapRecorded`, or `Failed` with the reason.
  [[nodiscard]] wire::Event finish();

 private:
  void run_operations(const Batch& batch);

  wire::RecordHeap ask_;
  double ns_per_op_ = 0.0;
  std::uint64_t whole_ = 0;  ///< operations that were recorded from begin to end
  std::string failure_;
};

}  // namespace pulsebench::harness
