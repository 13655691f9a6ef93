#pragma once

#include <sys/types.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>

namespace pulse {

enum class IsolationKind;
struct IsolationOptions;

/// A thread's state before a method changed it. Only the method that wrote it reads it.
struct ThreadState {
  int policy = 0;
  int nice = 0;
  std::string affinity;          ///< a cpu_set_t's bytes
  std::filesystem::path cgroup;  ///< folder of the control group
};

/// One way to isolate a thread.
class IsolationMethod {
 public:
  virtual ~IsolationMethod() = default;
  [[nodiscard]] virtual IsolationKind kind() const noexcept = 0;

  /// Reads the part of the thread's state that `enter` will change.
  [[nodiscard]] virtual std::optional<std::string> read(pid_t thread, ThreadState& state) const = 0;
  [[nodiscard]] virtual std::optional<std::string> enter(pid_t thread) = 0;
  [[nodiscard]] virtual std::optional<std::string> leave(pid_t thread,
                                                         const ThreadState& before) = 0;
  /// Removes what the method created, after all threads have left.
  [[nodiscard]] virtual std::optional<std::string> close() { return std::nullopt; }
};

/// A method, or the reason why there is none.
using MethodOrRefusal = std::variant<std::unique_ptr<IsolationMethod>, std::string>;

[[nodiscard]] MethodOrRefusal make_cgroup_method(IsolationKind kind,
                                                 const IsolationOptions& options);
[[nodiscard]] MethodOrRefusal make_scheduling_method(IsolationKind kind);

/// Access to the priority of one thread of this process, a number, on systems other than Linux.
/// Each function returns what failed; nothing means success.
struct ThreadPriorities {
  std::function<std::optional<std::string>(pid_t thread, int& priority)> read;
  std::function<std::optional<std::string>(pid_t thread, int priority)> write;
  int idle = 0;  ///< priority of a thread that runs only on an idle CPU
};

/// This system's functions; defined in isolation_windows.cpp and isolation_macos.cpp only.
[[nodiscard]] ThreadPriorities thread_priorities();
/// Number of the calling thread for `thread_priorities`; defined in the same files.
[[nodiscard]] pid_t priority_thread() noexcept;

/// IsolationKind::thread_priority: sets the idle priority of a thread, and restores its own.
[[nodiscard]] std::unique_ptr<IsolationMethod> make_priority_method(ThreadPriorities priorities);

}  // namespace pulse
