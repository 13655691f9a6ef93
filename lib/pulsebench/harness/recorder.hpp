#pragma once

#include <optional>
#include <variant>

#include "pulsebench/harness/heap_recorder.hpp"
#include "pulsebench/harness/measure.hpp"
#include "pulsebench/harness/threaded_request.hpp"
#include "pulsebench/harness/ticks.hpp"
#include "pulsebench/wire/messages.hpp"

namespace pulsebench::harness {

/// Serves one request when the benchmark reaches `measure()`: finds the batch size, times a visit
/// or counts. `take_over` uses the `active` recorder.
class Recorder {
 public:
  using Task = std::variant<wire::Calibrate, wire::TakeVisit, wire::CountExactly,
                            wire::CountAllocations, wire::RecordHeap, wire::TakeProfile>;

  explicit Recorder(Task task);

  /// Absent if the benchmark never reached `measure()`.
  [[nodiscard]] const std::optional<wire::Calibrated>& calibrated() const {
    return threaded_ ? threaded_->calibrated() : calibrated_;
  }
  [[nodiscard]] const std::optional<wire::Visited>& visited() const {
    return threaded_ ? threaded_->visited() : visited_;
  }
  /// Result of a request to count or to profile, for a benchmark with one thread.
  [[nodiscard]] const std::optional<wire::Event>& counted() const { return counted_; }
  /// Ended by the caller once the benchmark has returned; empty if the request is another one, or
  /// the benchmark never reached `measure()`.
  [[nodiscard]] std::optional<HeapRecorder>& heap() { return heap_; }
  /// Source line of the call of `measure()` that was reached; empty if it is unknown.
  [[nodiscard]] const std::optional<SourceLine>& source() const { return source_; }
  [[nodiscard]] bool reached() const {
    return threaded_ ? threaded_->done() : calibrated_ || visited_ || counted_ || heap_;
  }

  /// Serves the request in a benchmark with one thread.
  void record(const Batch& batch);
  /// Does one thread's part in a benchmark with several.
  void record_one_of_several(const Batch& batch, int index) {
    if (index == 0) note_source(batch);
    threaded_->work(batch, index);
  }
  [[nodiscard]] bool has_several_threads() const { return threaded_.has_value(); }

  /// Recorder of the current request; null if pulsebench did not start the suite.
  static Recorder*& active();

 private:
  void note_source(const Batch& batch);
  [[nodiscard]] wire::Calibrated calibrate(const wire::Calibrate& ask, const Batch& batch) const;
  [[nodiscard]] wire::Visited visit(const wire::TakeVisit& ask, const Batch& batch) const;

  Task task_;
  std::optional<ThreadedRequest> threaded_;  ///< for a benchmark with several threads
  TickClock clock_;
  std::optional<wire::Calibrated> calibrated_;
  std::optional<wire::Visited> visited_;
  std::optional<wire::Event> counted_;
  std::optional<HeapRecorder> heap_;
  std::optional<SourceLine> source_;
};

}  // namespace pulsebench::harness
