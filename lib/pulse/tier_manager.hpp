#pragma once

#include <atomic>
#include <cassert>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "pulse/hooks.hpp"
#include "pulse/poll_watch.hpp"
#include "pulse/resource.hpp"
#include "pulse/state_manager.hpp"
#include "pulse/task_table.hpp"
#include "pulse/tick_clock.hpp"
#include "pulse/tier_config.hpp"
#include "pulse/tier_listener.hpp"
#include "pulse/tier_metrics.hpp"
#include "pulse/worker_group.hpp"

namespace pulse {

/// Watches every poll of every task, and moves tasks between tiers by the rules of its TierConfig.
///
/// Only the task's owner, an online worker of the group, calls functions with a `PollContext` or a
/// `TaskHandle`. Any thread calls the others. No operation on a task writes a cache line that
/// another worker writes: the task's line belongs to its owner, the counters to the worker.
class TierManager {
 public:
  /// `group` and `listener` (null: none) have to outlive the manager. Aborts with a message if
  /// `config` is not valid; check with `problem_of` first.
  explicit TierManager(WorkerGroup& group, const TierConfig& config = {},
                       TierListener* listener = nullptr, TickClock clock = {},
                       Statistics statistics = Statistics::none);
  ~TierManager();
  TierManager(const TierManager&) = delete;
  TierManager& operator=(const TierManager&) = delete;

  /// Starts to watch a task, in `Tier::monitor`. The handle is empty if 2^24 tasks are watched
  /// already or memory is short: such a task has to run unwatched. Any thread.
  [[nodiscard]] TaskHandle register_task(Priority priority = Priority::normal,
                                         Location where = Location::here()) noexcept;

  /// Registers a task without a lock, for an online worker.
  [[nodiscard]] TaskHandle register_task(const Worker& worker, Priority priority = Priority::normal,
                                         Location where = Location::here()) noexcept;

  /// Forgets the task. Its handle is invalid afterwards, and its id is never issued again. The
  /// owner, on any thread.
  void complete(TaskHandle task) noexcept;

  /// Completes a task without a lock, for an online worker.
  void complete(const Worker& worker, TaskHandle task) noexcept;

  /// Call before a poll: takes the unit of budget that a poll costs.
  void before_poll(const PollContext& poll) noexcept { live(poll.task).budget.consume(); }

  /// Call after a poll that took `cpu_time`: counts it, applies the rules, refills the budget of a
  /// waiting task, and returns what the executor has to do. A manager that keeps statistics is
  /// called with `Statistics::kept`.
  template <Statistics kStatistics = Statistics::none>
  [[nodiscard, gnu::always_inline]] Decision after_poll(
      const PollContext& poll, PollResult result, std::chrono::nanoseconds cpu_time) noexcept {
    return after_noted_poll<kStatistics>(poll, result, note_poll_time(poll, cpu_time));
  }

  /// The same after a poll whose time is not measured: it counts as a poll of no time.
  template <Statistics kStatistics = Statistics::none>
  [[nodiscard, gnu::always_inline]] Decision after_poll(const PollContext& poll,
                                                        PollResult result) noexcept {
    return after_noted_poll<kStatistics>(poll, result, note_untimed_poll(poll));
  }

  /// First half of `after_poll`. The poll is a violation if it took more than the CPU budget or the
  /// task's budget is exhausted. Otherwise the tier's bound decides whether it is good.
  void record_poll_time(const PollContext& poll, std::chrono::nanoseconds cpu_time) noexcept {
    if (!note_poll_time(poll, cpu_time)) [[unlikely]]
      record_violation(poll);
  }

  /// Second half of `after_poll`: evaluates the rules every `polls_between_evaluations` polls.
  /// Returns what the executor has to do.
  template <Statistics kStatistics = Statistics::none>
  Decision update_tier(const PollContext& poll) noexcept {
    if (count_poll<kStatistics>(live(poll.task)) == 0) [[unlikely]]
      evaluate(poll);
    return should_yield(poll.task) ? count_step(poll) : Decision::proceed;
  }

  /// Call when the executor has queued the task behind the others: refills its budget.
  void yielded(TaskHandle task) noexcept { refill(task); }

  [[nodiscard]] TaskId id_of(TaskHandle task) const noexcept {
    // Relaxed: written once, before the owner got the handle.
    return TaskId{live(task).id.load(std::memory_order_relaxed)};
  }

  /// Budget of the task, to charge work inside of a poll, and for `exhaust`.
  [[nodiscard]] TaskBudget& budget(TaskHandle task) const noexcept { return live(task).budget; }

  [[nodiscard]] Tier get_tier(TaskHandle task) const noexcept { return tier_of(live(task)); }

  /// Tier of a task; nothing if the task has ended or never existed. Wait-free.
  [[nodiscard]] std::optional<Tier> get_tier(TaskId id) const noexcept {
    const TaskSlot* const slot = tasks_.find(id);
    if (slot == nullptr) return std::nullopt;
    // Acquire, both: a thread that reads a tier which a later task of the slot stored (with
    // release) also sees the changed id. So it returns nothing instead of another task's tier.
    if (slot->id.load(std::memory_order_acquire) != id.value) return std::nullopt;
    const Tier tier = slot->state.tier.load(std::memory_order_acquire);
    // Relaxed: the acquire before orders it.
    if (slot->id.load(std::memory_order_relaxed) != id.value) return std::nullopt;
    return tier;
  }

  /// True if the task has to yield now, because of its budget or its tier.
  [[nodiscard]] bool should_yield(TaskHandle task) const noexcept {
    const TaskSlot& slot = live(task);
    return tier_of(slot) >= Tier::yield || slot.budget.is_exhausted();
  }

  /// Moves the task to `tier` regardless of the rules, for an operator. The owner only.
  void set_tier(TaskHandle task, Tier tier) noexcept;

  [[nodiscard]] TierMetrics get_metrics() const noexcept;

  /// Replaces the rules while workers poll. Tasks keep their tiers and counts, and get their new
  /// budgets with the next refill. Returns the problem, without a change, if `config` is not valid.
  /// Any thread.
  [[nodiscard]] std::optional<std::string> update_config(const TierConfig& config);

  [[nodiscard]] WorkerGroup& group() const noexcept { return group_; }
  [[nodiscard]] bool keeps_statistics() const noexcept { return keeps_statistics_; }

  /// Call when the executor queues a task that waited: its time in the queue begins. Without
  /// statistics it does nothing.
  void queued(TaskHandle task) noexcept {
    if (!keeps_statistics()) return;
    watch_.enter(live(task), TaskState::ready, watch_.since());
  }

  /// How much work of the task waits until an earlier piece of it is done, for a Console. Without
  /// statistics it does nothing. One thread at a time.
  void set_backlog(TaskHandle task, std::uint32_t backlog) noexcept {
    if (!keeps_statistics()) return;
    TaskTable::stats_of(&live(task)).hot.backlog.store(backlog, std::memory_order_release);
  }

  /// What tasks wait at, for `Resource`; null without statistics.
  [[nodiscard]] ResourceTable* resources() const noexcept { return resources_.get(); }

  [[nodiscard]] PollWatch& watch() noexcept { return watch_; }
  [[nodiscard]] const TaskTable& tasks() const noexcept { return tasks_; }

 private:
  using Counter = std::atomic<std::uint64_t>;

  /// Cache line that only one worker writes.
  struct alignas(64) Shard {
    Counter polls{0};
    Counter violations{0};
    Counter promotions{0};
    Counter demotions{0};
    Counter yields{0};
    Counter isolations{0};
    std::atomic<std::int64_t> tasks{0};  ///< registered less completed: may be negative
    TaskTable::FreeList vacant;
  };
  static_assert(sizeof(Shard) == 64);

  [[nodiscard]] static TaskSlot& live(TaskHandle task) noexcept {
    // Relaxed: only the owner, which is the caller, completes the task.
    assert(task && (task.slot->id.load(std::memory_order_relaxed) & TaskSlot::kVacant) == 0);
    return *task.slot;
  }

  [[nodiscard]] static Tier tier_of(const TaskSlot& slot) noexcept {
    return slot.state.tier.load(std::memory_order_relaxed);  // relaxed: the owner's earlier store
  }

  /// Relaxed, both: one writer, and an independent count.
  template <class Number>
  static void bump(std::atomic<Number>& counter, Number by = 1) noexcept {
    counter.store(counter.load(std::memory_order_relaxed) + by, std::memory_order_relaxed);
  }

  [[nodiscard]] Shard& shard(const PollContext& poll) noexcept {
    assert(poll.worker < shards_.size());
    return shards_[poll.worker];
  }

  /// The rules in use; valid until the worker's next quiescent state.
  [[nodiscard]] const TierRules& current_rules() const noexcept {
    assert(Worker::online_here() > 0);
    // Acquire: pairs with the release in `put_in_force`, so that the rules are seen constructed.
    return *rules_.load(std::memory_order_acquire);
  }

  /// False for a violation, which is not noted yet.
  [[nodiscard]] bool note_poll_time(const PollContext& poll,
                                    std::chrono::nanoseconds cpu_time) noexcept {
    const TierRules& rules = current_rules();
    const std::int64_t good_poll_ns = rules.tiers[index_of(get_tier(poll.task))].good_poll_ns;
    return note_poll(poll, cpu_time.count() <= rules.cpu_budget_ns,
                     cpu_time.count() < good_poll_ns);
  }

  /// The same for a poll of no time, which is within all rules: their times are positive.
  [[nodiscard]] bool note_untimed_poll(const PollContext& poll) noexcept {
    return note_poll(poll, true, true);
  }

  [[nodiscard]] bool note_poll(const PollContext& poll, bool is_in_time, bool is_good) noexcept {
    TaskSlot& slot = live(poll.task);
    bump(shard(poll).polls);
    if (!is_in_time || slot.budget.is_exhausted()) [[unlikely]]
      return false;
    StateManager::note_poll(slot.state, is_good);
    return true;
  }

  template <Statistics kStatistics>
  [[gnu::always_inline]] Decision after_noted_poll(const PollContext& poll, PollResult result,
                                                   bool is_within_rules) noexcept {
    // What is rare is a tail call, so that a usual poll saves no registers.
    if (!is_within_rules) [[unlikely]]
      return after_violation<kStatistics>(poll, result);
    if (count_poll<kStatistics>(live(poll.task)) == 0) [[unlikely]]
      return after_evaluation(poll, result);
    if (should_yield(poll.task)) [[unlikely]]
      return finish(poll, result);
    if (result == PollResult::waiting) refill(poll.task);
    return Decision::proceed;
  }

  void refill(TaskHandle task) noexcept {
    TaskSlot& slot = live(task);
    slot.budget.reset(current_rules().budget[static_cast<std::size_t>(slot.state.priority)]);
  }

  /// Returns the number of polls until the next evaluation.
  template <Statistics kStatistics>
  std::uint32_t count_poll(TaskSlot& slot) const noexcept {
    assert(kStatistics == Statistics::kept || !keeps_statistics());
    if constexpr (kStatistics == Statistics::none) {
      return --slot.state.polls_to_evaluation;
    } else {
      const auto polls_left = TaskTable::stats_of(&slot).polls_left;
      // Relaxed load: the owner's own count. Release: see `polls_of`.
      const std::uint32_t left = polls_left.load(std::memory_order_relaxed) - 1;
      polls_left.store(left, std::memory_order_release);
      return left;
    }
  }

  /// The next evaluation comes as many polls later as the rules of `tier` say.
  template <Statistics kStatistics>
  static void await_evaluation(TaskSlot& slot, Tier tier, const TierRules& rules) noexcept {
    const std::uint32_t polls = rules.tiers[index_of(tier)].polls_between_evaluations;
    if constexpr (kStatistics == Statistics::kept) return count_polls_until(slot, polls);
    slot.state.polls_to_evaluation = polls;
  }
  void await_evaluation(TaskSlot& slot, Tier tier, const TierRules& rules) const noexcept;
  static void count_polls_until(TaskSlot& slot, std::uint32_t polls) noexcept;

  template <Statistics kStatistics>
  static TaskHandle settle(TaskSlot* slot, Priority priority, const TierRules& rules) noexcept;
  TaskHandle register_with_statistics(const Worker& worker, Priority priority,
                                      Location where) noexcept;
  static void vacate(TaskHandle task) noexcept;
  template <Statistics kStatistics>
  Decision after_violation(const PollContext& poll, PollResult result) noexcept;
  Decision after_evaluation(const PollContext& poll, PollResult result) noexcept;
  Decision finish(const PollContext& poll, PollResult result) noexcept;
  void record_violation(const PollContext& poll) noexcept;
  void evaluate(const PollContext& poll) noexcept;
  Decision count_step(const PollContext& poll) noexcept;
  void put_in_force(std::shared_ptr<const TierRules> rules);

  // Read by every worker, rarely written.
  alignas(64) std::atomic<const TierRules*> rules_{nullptr};
  TickClock clock_;
  WorkerGroup& group_;
  TierListener* const listener_;
  std::vector<Shard> shards_;
  PollWatch watch_;
  const bool keeps_statistics_;

  alignas(64) TaskTable tasks_;

  alignas(64) std::atomic<std::int64_t> tasks_elsewhere_{0};  ///< of threads that are not workers
  std::mutex mutex_;
  std::shared_ptr<const TierRules> owned_rules_;    ///< guarded by mutex_; keeps *rules_ alive
  const std::unique_ptr<ResourceTable> resources_;  ///< null without statistics
};

}  // namespace pulse
