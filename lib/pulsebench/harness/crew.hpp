#pragma once

#include <atomic>
#include <optional>
#include <variant>

#include "pulsebench/harness/shift.hpp"
#include "pulsebench/harness/surroundings.hpp"
#include "pulsebench/wire/messages.hpp"

namespace pulsebench::harness {

/// The threads of one benchmark, at what one request asks for. A visit has the CPU time for each
/// thread that it would have alone: where threads share CPUs, it lasts as many times longer.
class Crew {
 public:
  Crew(const wire::Calibrate& ask, int threads);
  Crew(const wire::TakeVisit& ask, int threads);

  /// One thread's part; each of them calls it once. The last to leave sums up.
  void work(const Batch& batch, int index);

  /// After all have left; absent where the request asked for the other.
  [[nodiscard]] const std::optional<wire::Calibrated>& calibrated() const { return calibrated_; }
  [[nodiscard]] const std::optional<wire::Visited>& visited() const { return visited_; }
  [[nodiscard]] bool done() const { return left_.load() == threads_; }

 private:
  void sum_up();
  [[nodiscard]] wire::Calibrated calibration(const wire::Calibrate& ask) const;
  [[nodiscard]] wire::Visited visit(const wire::TakeVisit& ask) const;

  std::variant<wire::Calibrate, wire::TakeVisit> task_;
  int threads_;
  int turns_;  ///< threads that share a CPU, at most
  TickClock clock_;
  std::uint64_t began_ns_;
  Surroundings before_;
  Shift shift_;
  std::optional<Shift> control_;    ///< of a calibration: the unrolled operation
  std::atomic<int> shift_left_{0};  ///< threads back from `shift_`
  std::atomic<int> left_{0};
  std::optional<wire::Calibrated> calibrated_;
  std::optional<wire::Visited> visited_;
};

}  // namespace pulsebench::harness
