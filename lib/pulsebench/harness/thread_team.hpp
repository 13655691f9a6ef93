#pragma once

#include <atomic>
#include <cstdint>
#include <vector>

#include "pulsebench/harness/measure.hpp"
#include "pulsebench/harness/thread_log.hpp"
#include "pulsebench/harness/ticks.hpp"

namespace pulsebench::harness {

/// Work of several threads at once.
struct TeamTask {
  int threads = 1;
  std::uint64_t warm_up_ns = 0;
  std::uint64_t chunk = 0;  ///< operations between readings of the clock; 0: each thread finds it
  std::uint64_t quota = 0;  ///< operations of all threads together; 0: by time
  std::uint64_t window_ns = 0;  ///< maximum length; 0: only the quota
  double inject_percent = 0.0;
  bool unrolled = false;  ///< `kUnroll` calls an operation: the control for "measured nothing"
  std::size_t marks = 0;  ///< room for each thread's log
};

/// Several threads that run one benchmark. The window opens when the last of them has arrived and
/// warmed up, so that all overlap, however late the scheduler started one. It closes for all at
/// once, when the quota is done or the time is over. Between two readings of the clock a thread
/// writes nothing that another reads.
class ThreadTeam {
 public:
  ThreadTeam(const TickClock& clock, const TeamTask& order);

  /// Does one thread's part. `index` is unique and below `threads`.
  void work(const Batch& batch, int index);

  // Valid after all threads have returned:
  [[nodiscard]] const std::vector<ThreadLog>& logs() const { return logs_; }
  [[nodiscard]] Window window() const { return {opens_at_.load(), closed_at_.load()}; }

 private:
  void arrive(std::uint64_t now);
  bool closes(std::uint64_t now, std::uint64_t done);

  const TickClock& clock_;
  TeamTask order_;
  double ticks_per_ns_;
  std::vector<ThreadLog> logs_;
  std::atomic<int> arrived_{0};
  std::atomic<std::uint64_t> opens_at_{0};         ///< 0 until the last thread has arrived
  std::atomic<std::uint64_t> closed_at_{0};        ///< 0 while the window is open
  alignas(64) std::atomic<std::int64_t> left_{0};  ///< of the quota
};

}  // namespace pulsebench::harness
