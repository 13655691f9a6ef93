#pragma once

#include <cstdint>
#include <optional>
#include <variant>

#include "pulsebench/harness/measure.hpp"
#include "pulsebench/harness/threaded_request.hpp"
#include "pulsebench/harness/ticks.hpp"
#include "pulsebench/wire/messages.hpp"

namespace pulsebench::harness {

/// Does what one request asks for when the benchmark reaches `measure()`: finds the batch size, or
/// times a visit. `take_over` finds the recorder that is `active`.
class Recorder {
 public:
  using Task =
      std::variant<wire::Calibrate, wire::TakeVisit, wire::CountExactly, wire::CountAllocations>;

  explicit Recorder(Task task);

  /// Nothing where the benchmark never reached `measure()`.
  [[nodiscard]] const std::optional<wire::Calibrated>& calibrated() const {
    return crew_ ? crew_->calibrated() : calibrated_;
  }
  [[nodiscard]] const std::optional<wire::Visited>& visited() const {
    return crew_ ? crew_->visited() : visited_;
  }
  /// The answer to a request to count, of a benchmark with one thread.
  [[nodiscard]] const std::optional<wire::Event>& counted() const { return counted_; }
  [[nodiscard]] bool reached() const {
    return crew_ ? crew_->done() : calibrated_ || visited_ || counted_;
  }

  /// Of a benchmark with one thread.
  void record(const Batch& batch);
  /// One thread's part of a benchmark with several.
  void record_beside_others(const Batch& batch, int index) { crew_->work(batch, index); }
  [[nodiscard]] bool has_crew() const { return crew_.has_value(); }

  /// The recorder of the request that is being served; null where the suite runs by hand.
  static Recorder*& active();

 private:
  [[nodiscard]] wire::Calibrated calibrate(const wire::Calibrate& ask, const Batch& batch) const;
  [[nodiscard]] wire::Visited visit(const wire::TakeVisit& ask, const Batch& batch) const;

  Task task_;
  std::optional<ThreadedRequest>
      crew_;  ///< where the benchmark's name says that it has several threads
  TickClock clock_;
  std::optional<wire::Calibrated> calibrated_;
  std::optional<wire::Visited> visited_;
  std::optional<wire::Event> counted_;
};

}  // namespace pulsebench::harness
