#include "pulse/tier_manager.hpp"

#include <cstdio>
#include <cstdlib>
#include <utility>

namespace pulse {

TierManager::TierManager(WorkerGroup& group, const TierConfig& config, TierListener* listener,
                         TickClock clock, Statistics statistics)
    : clock_(clock),
      group_(group),
      listener_(listener),
      shards_(group.capacity()),
      watch_(statistics == Statistics::kept),
      keeps_statistics_(statistics == Statistics::kept),
      tasks_(TaskTable::kMaxTasks / TaskTable::kSlotsPerChunk, keeps_statistics_),
      resources_(keeps_statistics_ ? std::make_unique<ResourceTable>() : nullptr) {
  if (const auto problem = update_config(config)) {
    std::fprintf(stderr, "pulse: a tier manager's configuration is not valid: %s\n",
                 problem->c_str());
    std::abort();
  }
}

TierManager::~TierManager() { group_.retire(std::move(owned_rules_)); }

/// Returns an empty handle for a null slot.
template <Statistics kStatistics>
TaskHandle TierManager::settle(TaskSlot* slot, Priority priority, const TierRules& rules) noexcept {
  if (slot == nullptr) return {};
  TierState& state = slot->state;
  slot->budget.reset(rules.budget[static_cast<std::size_t>(priority)]);
  state.priority = priority;
  state.is_timed = state.has_offended = state.is_cooling = false;
  state.good_polls = state.violations = 0;
  // Release, both: as in `set_tier`. Relaxed load: no other thread has the slot.
  state.tier.store(Tier::monitor, std::memory_order_release);
  await_evaluation<kStatistics>(*slot, Tier::monitor, rules);
  slot->id.store(slot->id.load(std::memory_order_relaxed) & ~TaskSlot::kVacant,
                 std::memory_order_release);
  return TaskHandle{slot};
}

TaskHandle TierManager::register_task(Priority priority, Location where) noexcept {
  // Under the lock that replaces the rules: outside of a worker nothing else keeps them alive.
  const std::lock_guard lock(mutex_);
  TaskSlot* const slot = tasks_.take();
  if (keeps_statistics_ && slot != nullptr) watch_.begin_task(*slot, where);
  const TaskHandle task = keeps_statistics_
                              ? settle<Statistics::kept>(slot, priority, *owned_rules_)
                              : settle<Statistics::none>(slot, priority, *owned_rules_);
  // Relaxed: an independent count. It is shared, so it is one atomic addition.
  if (task) tasks_elsewhere_.fetch_add(1, std::memory_order_relaxed);
  return task;
}

TaskHandle TierManager::register_task(const Worker& worker, Priority priority,
                                      Location where) noexcept {
  // A function of its own, so that this one has no register to keep `where` in.
  if (keeps_statistics_) [[unlikely]]
    return register_with_statistics(worker, priority, where);
  Shard& own = shards_[worker.index()];
  const TaskHandle task =
      settle<Statistics::none>(tasks_.take(own.vacant), priority, current_rules());
  if (task) bump<std::int64_t>(own.tasks);
  return task;
}

TaskHandle TierManager::register_with_statistics(const Worker& worker, Priority priority,
                                                 Location where) noexcept {
  Shard& own = shards_[worker.index()];
  TaskSlot* const slot = tasks_.take(own.vacant);
  if (slot != nullptr) watch_.begin_task(*slot, where);
  const TaskHandle task = settle<Statistics::kept>(slot, priority, current_rules());
  if (task) bump<std::int64_t>(own.tasks);
  return task;
}

void TierManager::complete(TaskHandle task) noexcept {
  vacate(task);
  tasks_.give_back(task.slot);
  // Relaxed: see `register_task`.
  tasks_elsewhere_.fetch_sub(1, std::memory_order_relaxed);
}

void TierManager::complete(const Worker& worker, TaskHandle task) noexcept {
  Shard& own = shards_[worker.index()];
  vacate(task);
  tasks_.give_back(own.vacant, task.slot);
  bump<std::int64_t>(own.tasks, -1);
}

void TierManager::set_tier(TaskHandle task, Tier tier) noexcept {
  TaskSlot& slot = live(task);
  slot.state.good_polls = slot.state.violations = 0;
  slot.state.is_timed = false;
  // Release: `get_tier(TaskId)` has the reason.
  slot.state.tier.store(tier, std::memory_order_release);
  await_evaluation(slot, tier, current_rules());
}

TierMetrics TierManager::get_metrics() const noexcept {
  constexpr auto kRelaxed = std::memory_order_relaxed;  // independent counts
  TierMetrics sum;
  sum.tasks = tasks_elsewhere_.load(kRelaxed);
  const std::size_t used = group_.used();
  for (std::size_t i = 0; i < used; ++i) {
    const Shard& shard = shards_[i];
    sum.polls += shard.polls.load(kRelaxed);
    sum.violations += shard.violations.load(kRelaxed);
    sum.promotions += shard.promotions.load(kRelaxed);
    sum.demotions += shard.demotions.load(kRelaxed);
    sum.yields += shard.yields.load(kRelaxed);
    sum.isolations += shard.isolations.load(kRelaxed);
    sum.tasks += shard.tasks.load(kRelaxed);
  }
  return sum;
}

std::optional<std::string> TierManager::update_config(const TierConfig& config) {
  if (auto problem = problem_of(config)) return problem;
  put_in_force(std::make_shared<const TierRules>(config));
  return std::nullopt;
}

void TierManager::await_evaluation(TaskSlot& slot, Tier tier,
                                   const TierRules& rules) const noexcept {
  if (keeps_statistics_) return await_evaluation<Statistics::kept>(slot, tier, rules);
  await_evaluation<Statistics::none>(slot, tier, rules);
}

void TierManager::count_polls_until(TaskSlot& slot, std::uint32_t polls) noexcept {
  const TaskStats stats = TaskTable::stats_of(&slot);
  // Relaxed loads: the owner's own. Releases: see `polls_of`.
  const std::uint32_t left = stats.polls_left.load(std::memory_order_relaxed);
  auto& evaluation = stats.hot.evaluation;
  const std::uint64_t ended = evaluation.load(std::memory_order_relaxed) - left;
  evaluation.store(ended | TaskStats::Line::kMoving, std::memory_order_release);
  stats.polls_left.store(polls, std::memory_order_release);
  evaluation.store(ended + polls, std::memory_order_release);
}

void TierManager::vacate(TaskHandle task) noexcept {
  TaskSlot& slot = live(task);
  // Relaxed, both: the owner's own. The next task's tier, a release, comes after it.
  slot.id.store(slot.id.load(std::memory_order_relaxed) | TaskSlot::kVacant,
                std::memory_order_relaxed);
}

template <Statistics kStatistics>
Decision TierManager::after_violation(const PollContext& poll, PollResult result) noexcept {
  record_violation(poll);
  if (count_poll<kStatistics>(*poll.task.slot) == 0) evaluate(poll);
  return finish(poll, result);
}
template Decision TierManager::after_violation<Statistics::none>(const PollContext&,
                                                                 PollResult) noexcept;
template Decision TierManager::after_violation<Statistics::kept>(const PollContext&,
                                                                 PollResult) noexcept;

Decision TierManager::after_evaluation(const PollContext& poll, PollResult result) noexcept {
  evaluate(poll);
  return finish(poll, result);
}

Decision TierManager::finish(const PollContext& poll, PollResult result) noexcept {
  const Decision decision = should_yield(poll.task) ? count_step(poll) : Decision::proceed;
  if (result == PollResult::waiting) refill(poll.task);
  return decision;
}

void TierManager::record_violation(const PollContext& poll) noexcept {
  StateManager(current_rules()).note_violation(poll.task.slot->state, clock_.now());
  bump(shard(poll).violations);
}

void TierManager::evaluate(const PollContext& poll) noexcept {
  TierState& state = poll.task.slot->state;
  const TierRules& rules = current_rules();
  const Tier from = tier_of(*poll.task.slot);
  const StateManager states(rules);
  const bool moved = states.wants_change(state) && states.evaluate(state, clock_.now());
  const Tier to = tier_of(*poll.task.slot);
  await_evaluation(*poll.task.slot, to, rules);
  if (!moved) return;
  bump(to > from ? shard(poll).promotions : shard(poll).demotions);
  if (listener_ != nullptr) listener_->on_tier_change(poll, id_of(poll.task), from, to);
}

Decision TierManager::count_step(const PollContext& poll) noexcept {
  const bool isolate = get_tier(poll.task) == Tier::isolate;
  bump(isolate ? shard(poll).isolations : shard(poll).yields);
  return isolate ? Decision::isolate : Decision::yield;
}

void TierManager::put_in_force(std::shared_ptr<const TierRules> rules) {
  {
    const std::lock_guard lock(mutex_);
    // Release: publishes the rules. The old ones are unlinked before `retire`, see WorkerGroup.
    rules_.store(rules.get(), std::memory_order_release);
    owned_rules_.swap(rules);
  }
  group_.retire(std::move(rules));
}

}  // namespace pulse
