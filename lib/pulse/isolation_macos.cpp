// Compiled on macOS only, and never run by the authors. A thread's number is its Mach port.
#include <mach/mach.h>
#include <mach/mach_error.h>
#include <pthread.h>

#include "pulse/isolation_method.hpp"

namespace pulse {
namespace {

constexpr int kLeast = -63;  // "importance" is relative to the task's, and is clamped by the kernel

std::string refused(pid_t thread, kern_return_t error) {
  return "precedence of thread " + std::to_string(thread) + ": " + mach_error_string(error);
}

std::optional<std::string> read(pid_t thread, int& priority) {
  thread_precedence_policy_data_t policy{};
  mach_msg_type_number_t count = THREAD_PRECEDENCE_POLICY_COUNT;
  boolean_t is_default = 0;
  const kern_return_t error =
      thread_policy_get(static_cast<thread_act_t>(thread), THREAD_PRECEDENCE_POLICY,
                        reinterpret_cast<thread_policy_t>(&policy), &count, &is_default);
  if (error != KERN_SUCCESS) return refused(thread, error);
  priority = policy.importance;
  return std::nullopt;
}

std::optional<std::string> write(pid_t thread, int priority) {
  thread_precedence_policy_data_t policy{};
  policy.importance = priority;
  const kern_return_t error =
      thread_policy_set(static_cast<thread_act_t>(thread), THREAD_PRECEDENCE_POLICY,
                        reinterpret_cast<thread_policy_t>(&policy), THREAD_PRECEDENCE_POLICY_COUNT);
  // The thread has ended: nothing is left to change.
  if (error == KERN_SUCCESS || error == KERN_TERMINATED) return std::nullopt;
  return refused(thread, error);
}

}  // namespace

ThreadPriorities thread_priorities() { return {read, write, kLeast}; }

pid_t priority_thread() noexcept {
  return static_cast<pid_t>(pthread_mach_thread_np(pthread_self()));
}

}  // namespace pulse
