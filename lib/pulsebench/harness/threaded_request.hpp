#pragma once

#include <atomic>
#include <optional>
#include <variant>

#include "pulsebench/harness/host_load.hpp"
#include "pulsebench/harness/thread_team.hpp"
#include "pulsebench/wire/messages.hpp"

namespace pulsebench::harness {

/// The threads of one benchmark, at what one request asks for. A visit has the CPU time for each
/// thread that it would have alone: where threads share CPUs, it lasts as many times longer.
class ThreadedRequest {
 public:
  ThreadedRequest(const wire::Calibrate& ask, int threads);
  ThreadedRequest(const wire::TakeVisit& ask, int threads);

  /// One thread's part; each of them calls it once. The last to leave sums up.
  void work(const Batch& batch, int index);

  /// After all have left; absent where the request asked for the other.
  [[nodiscard]] const std::optional<wire::Calibrated>& calibrated() const { return calibrated_; }
  [[nodiscard]] const std::optional<wire::Visited>& visited() const { return visited_; }
  [[nodiscard]] bool done() const { return left_.load() == threads_; }

 private:
  void conclude();
  [[nodiscard]] wire::Calibrated calibration(const wire::Calibrate& ask) const;
  [[nodiscard]] wire::Visited visit(const wire::TakeVisit& ask) const;

  std::variant<wire::Calibrate, wire::TakeVisit> task_;
  int threads_;
  int turns_;  ///< threads that share a CPU, at most
  TickClock clock_;
  std::uint64_t began_ns_;
  HostLoad before_;
  ThreadTeam team_;
  std::optional<ThreadTeam> control_;  ///< of a calibration: the unrolled operation
  std::atomic<int> team_left_{0};      ///< threads back from `team_`
  std::atomic<int> left_{0};
  std::optional<wire::Calibrated> calibrated_;
  std::optional<wire::Visited> visited_;
};

}  // namespace pulsebench::harness
