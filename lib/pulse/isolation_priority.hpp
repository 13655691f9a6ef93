#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "pulse/isolation_method.hpp"

namespace pulse {

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
