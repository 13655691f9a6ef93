#pragma once

#include <asio/executor_work_guard.hpp>
#include <asio/post.hpp>
#include <asio/thread_pool.hpp>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>

#include "pulse/hook_registry.hpp"
#include "pulse/intervention.hpp"
#include "pulse/resource.hpp"
#include "pulse/tier_hooks.hpp"

namespace pulse::asio {

/// Handler of any type, called once.
class Handler {
 public:
  virtual ~Handler() = default;
  virtual void call() = 0;
};

class Task;

/// Settings of a runtime.
struct RuntimeOptions {
  std::size_t workers = 2;
  /// Off: handlers run in the same way, but are not watched.
  bool is_watching = true;
  Timing timing = Timing::thread_cpu;
  TierConfig config;
  IsolationOptions isolation;
  /// Kept: a Console can show the tasks.
  Statistics statistics = Statistics::none;
};

/// An Asio thread_pool whose every handler, and so every resumption of a coroutine, is a poll with
/// hooks. Executors for it come from `pulse::asio::executor`.
///
/// A task that has to yield is queued behind the ready handlers. A task that has to be isolated
/// continues in the lane, a separate thread. The operating system throttles the lane, never a
/// worker. The task returns to the pool when its tier falls.
class Runtime {
 public:
  /// `sink` (null: messages are dropped) has to outlive the runtime. A Console shows the lane by
  /// the place `where` the runtime began.
  explicit Runtime(const RuntimeOptions& options = {}, LogSink* sink = nullptr,
                   Location where = Location::here());
  /// Calls `join`.
  ~Runtime();
  Runtime(const Runtime&) = delete;
  Runtime& operator=(const Runtime&) = delete;

  /// Waits until no handler is queued and no operation is pending.
  void join();

  [[nodiscard]] TierManager& tiers() noexcept { return tiers_; }
  [[nodiscard]] HookRegistry& hooks() noexcept { return registry_; }
  [[nodiscard]] const Isolation& isolation() const noexcept { return isolation_; }
  [[nodiscard]] ::asio::thread_pool& pool() noexcept { return pool_; }

 private:
  friend class Task;

  class Discard final : public LogSink {
    void write(std::string_view) noexcept override {}
  };
  struct Member;

  /// Returns this thread's worker of the group, which is online only while it polls.
  Member& member();

  Discard discard_;
  WorkerGroup group_;
  Isolation isolation_;
  Intervention intervention_;
  TierManager tiers_;
  HookRegistry registry_;
  std::optional<TierConnection> connection_;  ///< empty: nothing is watched
  ::asio::thread_pool pool_;
  ::asio::thread_pool lane_;
  pid_t lane_thread_ = 0;  ///< 0 if the lane is not isolated
  Resource shown_lane_;    ///< with the tasks that are queued for it
};

/// One task of the executor, shared by all copies of an `executor`. Its handlers run one at a time,
/// so the task has one owner at a time. The mutex transfers the ownership.
class Task : public std::enable_shared_from_this<Task> {
 public:
  Task(Runtime& runtime, Priority priority, Location where);
  ~Task();
  Task(const Task&) = delete;
  Task& operator=(const Task&) = delete;

  void submit(std::unique_ptr<Handler> handler);

  [[nodiscard]] TaskHandle handle() const noexcept { return handle_; }
  [[nodiscard]] Runtime& runtime() const noexcept { return runtime_; }

 private:
  using Pool = ::asio::thread_pool::executor_type;

  void schedule();
  void turn();
  void note_backlog(std::size_t handlers);
  Decision poll(Handler& handler);

  Runtime& runtime_;
  TaskHandle handle_;
  Resource shown_strand_;
  // Neither pool ends while a task lives, since the task may move between them.
  ::asio::executor_work_guard<Pool> pool_work_;
  ::asio::executor_work_guard<Pool> lane_work_;
  std::mutex mutex_;
  std::deque<std::unique_ptr<Handler>> ready_;  ///< guarded by mutex_
  bool is_scheduled_ = false;                   ///< guarded by mutex_
  bool is_polled_ = false;                      ///< guarded by mutex_
  bool skips_next_turn_ = false;                ///< the owner's: goes through the queue once more
  bool is_in_lane_ = false;                     ///< the owner's
};

}  // namespace pulse::asio
