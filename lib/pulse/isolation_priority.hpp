#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "pulse/isolation_method.hpp"

namespace pulse {

/// How a system other than Linux keeps the priority of one thread of this process: as a number.
/// Each function says what failed; nothing means success.
struct ThreadPriorities {
  std::function<std::optional<std::string>(pid_t thread, int& priority)> read;
  std::function<std::optional<std::string>(pid_t thread, int priority)> write;
  int idle = 0;  ///< the priority of a thread that runs when nobody else wants to
};

/// Of this system; defined on Windows (isolation_windows.cpp) and macOS (isolation_macos.cpp) only.
[[nodiscard]] ThreadPriorities thread_priorities();
/// The calling thread, as `thread_priorities` names threads; defined there too.
[[nodiscard]] pid_t priority_thread() noexcept;

/// IsolationKind::thread_priority: gives the thread the idle priority, and its own back.
[[nodiscard]] std::unique_ptr<IsolationMethod> make_priority_method(ThreadPriorities priorities);

}  // namespace pulse
