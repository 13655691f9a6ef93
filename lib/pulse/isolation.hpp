#pragma once

#include <sys/types.h>

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "pulse/isolation_method.hpp"

namespace pulse {

/// Ways to limit a thread's CPU time, the strongest first. Those after the control groups need no
/// privilege, and `nice` works only if the old value may be restored. `thread_priority` is the only
/// one for a single thread on Windows and macOS; the others are for Linux.
enum class IsolationKind {
  cgroup_v2,
  cgroup_v1,
  sched_idle,
  nice,
  sched_batch,
  affinity,
  thread_priority
};

[[nodiscard]] const char* name_of(IsolationKind kind) noexcept;

struct IsolationOptions {
#if defined(__linux__)
  std::vector<IsolationKind> ladder{IsolationKind::cgroup_v2,   IsolationKind::cgroup_v1,
                                    IsolationKind::sched_idle,  IsolationKind::nice,
                                    IsolationKind::sched_batch, IsolationKind::affinity};
#else
  std::vector<IsolationKind> ladder{IsolationKind::thread_priority};
#endif
  /// Folder of `proc` and `sys`; tests give another one.
  std::filesystem::path root = "/";
  /// Name of the control group; empty: "pulse-" and the process id.
  std::string group_name;
};

/// Limits the CPU time of threads, and restores them. `thread` is the result of gettid,
/// GetCurrentThreadId or pthread_mach_thread_np in the thread to isolate. Any thread may call.
///
/// Errors are text with the thing, the fact and the way out; nothing means success.
class Isolation {
 public:
  /// Chooses the first of the ladder that works for threads with the privileges of the caller. A
  /// new thread tries each: it is isolated and has to be restored.
  explicit Isolation(const IsolationOptions& options = {});
  /// Calls `remove`.
  ~Isolation();
  Isolation(const Isolation&) = delete;
  Isolation& operator=(const Isolation&) = delete;

  /// The kind in use; nothing if the whole ladder was refused.
  [[nodiscard]] std::optional<IsolationKind> kind() const noexcept;

  /// Reason why each stronger kind was not chosen.
  [[nodiscard]] const std::vector<std::string>& refusals() const noexcept { return refusals_; }

  /// Isolates `thread`. The first call (cold) records its state; after `release` (warm) the state
  /// is known. For an isolated thread the cost is a look-up.
  [[nodiscard]] std::optional<std::string> attach(pid_t thread);

  /// Restores the state that `thread` had when it was attached. Does nothing if it is not isolated,
  /// and forgets a thread that has ended.
  [[nodiscard]] std::optional<std::string> release(pid_t thread);

  [[nodiscard]] bool is_isolated(pid_t thread) const;

  /// Forgets the record of a thread that ends: another thread may get its number.
  void forget(pid_t thread);

  /// Releases all threads and removes the control group. No thread can be attached afterwards.
  std::optional<std::string> remove();

 private:
  struct Record {
    ThreadState before;
    bool is_isolated = false;
  };

  std::optional<std::string> release_locked(pid_t thread, Record& record);

  mutable std::mutex mutex_;
  std::unique_ptr<IsolationMethod> method_;  ///< null: none
  std::map<pid_t, Record> records_;
  std::vector<std::string> refusals_;
};

}  // namespace pulse
