#pragma once

#include <atomic>
#include <optional>
#include <variant>

#include "pulsebench/harness/host_load.hpp"
#include "pulsebench/harness/thread_team.hpp"
#include "pulsebench/wire/messages.hpp"

namespace pulsebench::harness {

/// Serves one request with the threads of one benchmark. Each thread gets the CPU time of a visit:
/// if `turns_` threads share a CPU, the visit is so many times longer.
class ThreadedRequest {
 public:
  using Task = std::variant<wire::Calibrate, wire::TakeVisit>;

  ThreadedRequest(const Task& task, int threads);

  /// Does one thread's part; each thread calls it once. The last one computes the result.
  void work(const Batch& batch, int index);

  /// Valid after all threads have returned; absent if the request was of the other kind.
  [[nodiscard]] const std::optional<wire::Calibrated>& calibrated() const { return calibrated_; }
  [[nodiscard]] const std::optional<wire::Visited>& visited() const { return visited_; }
  [[nodiscard]] bool done() const { return left_.load() == threads_; }

 private:
  void conclude();
  [[nodiscard]] wire::Calibrated calibration(const wire::Calibrate& ask) const;
  [[nodiscard]] wire::Visited visit(const wire::TakeVisit& ask) const;

  Task task_;
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
