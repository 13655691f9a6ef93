#pragma once

#include <atomic>
#include <cstdint>
#include <vector>

#include "pulsebench/harness/measure.hpp"
#include "pulsebench/harness/thread_log.hpp"
#include "pulsebench/harness/ticks.hpp"

namespace pulsebench::harness {

/// What several threads are to do at once.
struct TeamTask {
  int threads = 1;
  std::uint64_t warm_up_ns = 0;
  std::uint64_t chunk = 0;  ///< operations between two looks at the clock; 0: each thread finds it
  std::uint64_t quota = 0;  ///< operations of all threads together; 0: by time
  std::uint64_t window_ns = 0;  ///< the longest; 0: no bound but the quota
  double inject_percent = 0.0;
  bool unrolled = false;  ///< `kUnroll` calls an operation: the control for "measured nothing"
  std::size_t marks = 0;  ///< room for each thread's log
};

/// Several threads at work on one benchmark. The window opens when the last of them has come and
/// warmed up, so that all overlap, however late the scheduler let one begin; it closes for all at
/// once, when the quota is done or the time is over. Between two looks at the clock a thread writes
/// nothing that another reads.
class ThreadTeam {
 public:
  ThreadTeam(const TickClock& clock, const TeamTask& order);

  /// One thread's whole part. `index` is its own, below `threads`.
  void work(const Batch& batch, int index);

  // After all have left:
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
  std::atomic<std::uint64_t> opens_at_{0};         ///< 0 until the last thread has come
  std::atomic<std::uint64_t> closed_at_{0};        ///< 0 while it is open
  alignas(64) std::atomic<std::int64_t> left_{0};  ///< of the quota
};

}  // namespace pulsebench::harness
