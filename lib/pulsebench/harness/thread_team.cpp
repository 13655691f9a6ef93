#include "pulsebench/harness/thread_team.hpp"

#include <algorithm>
#include <limits>
#include <thread>

#include "pulsebench/harness/kernel_counters.hpp"
#include "pulsebench/harness/turn_cpus.hpp"

namespace pulsebench::harness {
namespace {

constexpr std::uint64_t kChunkNs = 50'000;  // reads the clock every 50 us: 0.1 % of the time
constexpr std::uint64_t kUnusual = 3;       // a chunk this many times the shortest has a cause

/// Runs chunks, and adds the injected operations, which are not counted.
class Chunks {
 public:
  Chunks(const Batch& batch, const TeamTask& order) : batch_(batch), order_(order) {}

  /// Operations done, without the injected ones.
  std::uint64_t run(std::uint64_t operations) {
    if (order_.unrolled) {
      batch_.run_unrolled(batch_.operation, operations);
      return operations;
    }
    const std::uint64_t done = batch_.run_counted(batch_.operation, operations);
    if (order_.inject_percent <= 0.0) return done;
    owed_ += static_cast<double>(operations) * order_.inject_percent / 100.0;
    const auto whole = static_cast<std::uint64_t>(owed_);
    owed_ -= static_cast<double>(whole);
    batch_.run_counted(batch_.operation, whole);
    return done;
  }

 private:
  const Batch& batch_;
  const TeamTask& order_;
  double owed_ = 0.0;
};

/// Reads the kernel's counters only after an unusually long chunk: a reading costs 2 us, during
/// which the others have one competitor less.
class Watch {
 public:
  explicit Watch(bool on) : on_(on), last_(kernel_counters_.read()) {}

  std::uint32_t look(std::uint64_t ticks) {
    const bool unusual = ticks > kUnusual * shortest_;
    shortest_ = std::min(shortest_, std::max<std::uint64_t>(ticks, 1));
    if (!on_ || !unusual) return 0;
    const KernelCounters::Reading now = kernel_counters_.read();
    const std::uint32_t causes = KernelCounters::causes(last_, now);
    last_ = now;
    return causes;
  }

  [[nodiscard]] std::uint64_t cpu_ns() const { return kernel_counters_.read().cpu_ns; }

 private:
  KernelCounters kernel_counters_;
  bool on_;
  KernelCounters::Reading last_;
  std::uint64_t shortest_ = std::numeric_limits<std::uint64_t>::max() / kUnusual;
};

}  // namespace

ThreadTeam::ThreadTeam(const TickClock& clock, const TeamTask& order)
    : clock_(clock),
      order_(order),
      ticks_per_ns_(1.0 / clock.ns_per_tick()),
      logs_(static_cast<std::size_t>(order.threads)),
      left_(static_cast<std::int64_t>(order.quota)) {
  for (ThreadLog& log : logs_) log.marks.reserve(order.marks);
}

/// The last thread to arrive sets the time at which the window opens, after its warm-up.
void ThreadTeam::arrive(std::uint64_t now) {
  if (arrived_.fetch_add(1) + 1 < order_.threads) return;
  const double warm_up = static_cast<double>(order_.warm_up_ns) * ticks_per_ns_;
  opens_at_.store(now + static_cast<std::uint64_t>(warm_up) + 1);
}

/// True if the window is closed, after `done` more operations of this thread. The first thread that
/// finds the quota done or the time over closes it for all. Relaxed: each of these atomics is
/// independent.
bool ThreadTeam::closes(std::uint64_t now, std::uint64_t done) {
  if (closed_at_.load(std::memory_order_relaxed) != 0) return true;
  bool over = false;
  if (order_.quota > 0) {
    const auto share = static_cast<std::int64_t>(done);
    over = left_.fetch_sub(share, std::memory_order_relaxed) <= share;
  }
  if (!over && order_.window_ns > 0) {
    const auto open_for = static_cast<double>(now - opens_at_.load(std::memory_order_relaxed));
    over = open_for >= static_cast<double>(order_.window_ns) * ticks_per_ns_;
  }
  std::uint64_t still_open = 0;
  if (over) closed_at_.compare_exchange_strong(still_open, now);
  return over;
}

void ThreadTeam::work(const Batch& batch, int index) {
  take_turn(index);
  const bool crowded = static_cast<std::size_t>(order_.threads) > allowed_cpus().size();
  Watch watch(!crowded);  // otherwise the other threads interrupt every slice
  Chunks chunks(batch, order_);
  ThreadLog& log = logs_[static_cast<std::size_t>(index)];
  const auto long_enough = static_cast<std::uint64_t>(kChunkNs * ticks_per_ns_);
  std::uint64_t chunk = std::max<std::uint64_t>(order_.chunk, 1);
  const std::uint64_t cpu_before = watch.cpu_ns();
  std::uint64_t before = clock_.end();
  log.marks.push_back({.ticks = before});
  arrive(before);
  for (bool open = false;;) {
    const std::uint64_t done = chunks.run(chunk);
    const std::uint64_t now = clock_.end();
    const Mark mark{.ticks = now,
                    .operations = log.marks.back().operations + done,
                    .disturbances = watch.look(now - before)};
    if (order_.chunk == 0 && now - before < long_enough) chunk *= 2;
    before = now;
    if (open) {
      log.marks.push_back(mark);
      if (closes(now, done)) break;
      continue;
    }
    const std::uint64_t opens_at =
        opens_at_.load(std::memory_order_relaxed);  // an independent time
    // Early arrivals yield; otherwise the last thread waits several scheduler turns to start.
    if (crowded && opens_at == 0) std::this_thread::yield();
    open = opens_at != 0 && now >= opens_at;
    if (open) {
      log.marks.push_back(mark);
    } else {
      log.marks.back() = mark;
    }
  }
  log.cpu_ns = watch.cpu_ns() - cpu_before;
}

}  // namespace pulsebench::harness
