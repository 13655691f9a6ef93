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
#include "pulse/tier_hooks.hpp"

namespace pulse::asio {

/// A handler of any type, to be called once.
class Handler {
 public:
  virtual ~Handler() = default;
  virtual void call() = 0;
};

class Task;

/// What a runtime is made of.
struct RuntimeOptions {
  std::size_t workers = 2;
  /// Off: handlers run in the same way, but nobody watches them.
  bool is_watching = true;
  Timing timing = Timing::thread_cpu;
  TierConfig config;
  IsolationOptions isolation;
};

/// An Asio thread_pool whose every handler, and so every resumption of a coroutine, is a poll with
/// hooks. Executors for it come from `pulse::asio::executor`.
///
/// A task that is to yield lets the handlers that are ready go first. A task that is to be isolated
/// goes on in the lane: a thread of its own, isolated from the workers, which itself is what gets
/// throttled, and never a worker. It comes back with the tier.
class Runtime {
 public:
  /// `sink` (null: nobody) has to outlive the runtime.
  explicit Runtime(const RuntimeOptions& options = {}, LogSink* sink = nullptr);
  /// As `join`.
  ~Runtime();
  Runtime(const Runtime&) = delete;
  Runtime& operator=(const Runtime&) = delete;

  /// Waits until no handler is left and no operation is under way.
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

  /// This thread as a worker of the group; it is online only while it polls.
  Member& member();

  Discard discard_;
  WorkerGroup group_;
  Isolation isolation_;
  Intervention intervention_;
  TierManager tiers_;
  HookRegistry registry_;
  ::asio::thread_pool pool_;
  ::asio::thread_pool lane_;
  pid_t lane_thread_ = 0;  ///< 0 where the lane is not isolated
};

/// One task of the executor: what shares one `executor`. Its handlers run one after the other, so
/// that the task has one owner at a time; the mutex hands the ownership over.
class Task : public std::enable_shared_from_this<Task> {
 public:
  Task(Runtime& runtime, Priority priority);
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
  Decision poll(Handler& handler);

  Runtime& runtime_;
  TaskHandle handle_;
  // Neither pool ends while a task lives, since it may go from the one to the other.
  ::asio::executor_work_guard<Pool> pool_work_;
  ::asio::executor_work_guard<Pool> lane_work_;
  std::mutex mutex_;
  std::deque<std::unique_ptr<Handler>> ready_;  ///< guarded by mutex_
  bool is_scheduled_ = false;                   ///< guarded by mutex_
  bool owes_lap_ = false;                       ///< the owner's: one more turn through the queue
  bool is_in_lane_ = false;                     ///< the owner's
};

}  // namespace pulse::asio
