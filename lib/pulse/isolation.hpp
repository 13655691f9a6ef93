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

/// How a thread can be kept from others' CPU time, the strongest first. The rest of the ladder
/// needs no privilege; `nice` only where the old value may be put back. `thread_priority` is all
/// that Windows and macOS have for one thread; the others are Linux's.
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
  /// Where `proc` and `sys` are found; another folder in tests.
  std::filesystem::path root = "/";
  /// Of the control group; empty: "pulse-" and the process id.
  std::string group_name;
};

/// Keeps threads away from others' CPU time, and puts them back as they were. The thread is always
/// named: it is the named thread that is moved, whichever thread calls. A thread's name is what
/// gettid, GetCurrentThreadId or pthread_mach_thread_np says. Any thread.
///
/// Errors come as text that names the thing, the fact and the way out; nothing means success.
class Isolation {
 public:
  /// Takes the first of the ladder that works for threads with the calling one's privileges: a
  /// thread that is made for it tries each, and has to come back.
  explicit Isolation(const IsolationOptions& options = {});
  /// As `remove`.
  ~Isolation();
  Isolation(const Isolation&) = delete;
  Isolation& operator=(const Isolation&) = delete;

  /// What is in use; nothing where the whole ladder was refused.
  [[nodiscard]] std::optional<IsolationKind> kind() const noexcept;

  /// Why each of the stronger ones was not taken.
  [[nodiscard]] const std::vector<std::string>& refusals() const noexcept { return refusals_; }

  /// Isolates `thread`. The first time (cold) its present state is recorded; again after `release`
  /// (warm) that is known. An isolated thread stays as it is, at the price of a look-up.
  [[nodiscard]] std::optional<std::string> attach(pid_t thread);

  /// Puts `thread` back into the state it had when it was attached; nothing to do where it is not
  /// isolated. A thread that has ended meanwhile is forgotten.
  [[nodiscard]] std::optional<std::string> release(pid_t thread);

  [[nodiscard]] bool is_isolated(pid_t thread) const;

  /// Forgets what is recorded of a thread that ends: its number may go to another.
  void forget(pid_t thread);

  /// Releases all, and removes the control group; nothing can be attached afterwards.
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
