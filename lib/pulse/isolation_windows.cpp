// Compiled for Windows only, and run under Wine only. A job object corresponds to a control
// group but contains whole processes, so it would throttle the workers too.
#include <windows.h>

#include "pulse/isolation_method.hpp"

namespace pulse {
namespace {

/// Owns a handle to a thread of this process; null if there is no such thread.
class ThreadHandle {
 public:
  explicit ThreadHandle(pid_t thread)
      : handle_(OpenThread(THREAD_QUERY_INFORMATION | THREAD_SET_INFORMATION, FALSE,
                           static_cast<DWORD>(thread))) {}
  ~ThreadHandle() {
    if (handle_ != nullptr) CloseHandle(handle_);
  }
  ThreadHandle(const ThreadHandle&) = delete;
  ThreadHandle& operator=(const ThreadHandle&) = delete;

  [[nodiscard]] HANDLE get() const noexcept { return handle_; }

 private:
  HANDLE handle_;
};

std::string refused(pid_t thread) {
  return "priority of thread " + std::to_string(thread) + ": error " +
         std::to_string(GetLastError()) + " of Windows";
}

std::optional<std::string> read(pid_t thread, int& priority) {
  const ThreadHandle handle(thread);
  if (handle.get() == nullptr) return refused(thread);
  priority = GetThreadPriority(handle.get());
  if (priority == THREAD_PRIORITY_ERROR_RETURN) return refused(thread);
  return std::nullopt;
}

std::optional<std::string> write(pid_t thread, int priority) {
  const ThreadHandle handle(thread);
  if (handle.get() == nullptr) {
    // The thread has ended: nothing is left to change.
    if (GetLastError() == ERROR_INVALID_PARAMETER) return std::nullopt;
    return refused(thread);
  }
  if (SetThreadPriority(handle.get(), priority) == 0) return refused(thread);
  return std::nullopt;
}

}  // namespace

ThreadPriorities thread_priorities() { return {read, write, THREAD_PRIORITY_IDLE}; }

pid_t priority_thread() noexcept { return static_cast<pid_t>(GetCurrentThreadId()); }

}  // namespace pulse
