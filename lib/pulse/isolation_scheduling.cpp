// The part of the ladder that needs no privilege: the scheduler's own settings of a thread.
#if defined(__linux__)
#include <sched.h>
#include <sys/resource.h>

#include <cerrno>
#include <cstring>

#include "pulse/isolation.hpp"

namespace pulse {
namespace {

std::optional<std::string> refused(const char* what, pid_t thread) {
  const int error = errno;
  if (error == ESRCH) return std::nullopt;  // the thread has ended: nothing is left to change
  return std::string(what) + " of thread " + std::to_string(thread) + ": " + std::strerror(error) +
         "; a weaker method may be allowed";
}

std::optional<std::string> set_policy(pid_t thread, int policy) {
  const sched_param parameters{};
  if (sched_setscheduler(thread, policy, &parameters) == 0) return std::nullopt;
  return refused("scheduling policy", thread);
}

/// SCHED_IDLE or SCHED_BATCH, from the policies without priority.
class PolicyMethod final : public IsolationMethod {
 public:
  explicit PolicyMethod(IsolationKind kind) : kind_(kind) {}

  [[nodiscard]] IsolationKind kind() const noexcept override { return kind_; }

  std::optional<std::string> read(pid_t thread, ThreadState& state) const override {
    state.policy = sched_getscheduler(thread);
    if (state.policy < 0) return refused("scheduling policy", thread);
    if (state.policy == SCHED_FIFO || state.policy == SCHED_RR) {
      return "thread " + std::to_string(thread) + " has a real-time policy; that is left alone";
    }
    return std::nullopt;
  }
  std::optional<std::string> enter(pid_t thread) override {
    return set_policy(thread, kind_ == IsolationKind::sched_idle ? SCHED_IDLE : SCHED_BATCH);
  }
  std::optional<std::string> leave(pid_t thread, const ThreadState& before) override {
    return set_policy(thread, before.policy);
  }

 private:
  IsolationKind kind_;
};

class NiceMethod final : public IsolationMethod {
 public:
  [[nodiscard]] IsolationKind kind() const noexcept override { return IsolationKind::nice; }

  std::optional<std::string> read(pid_t thread, ThreadState& state) const override {
    errno = 0;  // -1 is a value too
    state.nice = getpriority(PRIO_PROCESS, static_cast<id_t>(thread));
    return errno == 0 ? std::nullopt : refused("nice value", thread);
  }
  std::optional<std::string> enter(pid_t thread) override { return set(thread, 19); }
  std::optional<std::string> leave(pid_t thread, const ThreadState& before) override {
    return set(thread, before.nice);
  }

 private:
  static std::optional<std::string> set(pid_t thread, int nice) {
    if (setpriority(PRIO_PROCESS, static_cast<id_t>(thread), nice) == 0) return std::nullopt;
    return refused("nice value", thread);
  }
};

/// Confines the thread to the last CPU that it may use.
class AffinityMethod final : public IsolationMethod {
 public:
  [[nodiscard]] IsolationKind kind() const noexcept override { return IsolationKind::affinity; }

  std::optional<std::string> read(pid_t thread, ThreadState& state) const override {
    cpu_set_t cpus;
    if (sched_getaffinity(thread, sizeof cpus, &cpus) != 0) return refused("affinity", thread);
    state.affinity.assign(reinterpret_cast<const char*>(&cpus), sizeof cpus);
    return std::nullopt;
  }
  std::optional<std::string> enter(pid_t thread) override {
    cpu_set_t cpus;
    if (sched_getaffinity(thread, sizeof cpus, &cpus) != 0) return refused("affinity", thread);
    int last = CPU_SETSIZE - 1;
    while (last > 0 && !CPU_ISSET(static_cast<unsigned>(last), &cpus)) --last;
    CPU_ZERO(&cpus);
    CPU_SET(static_cast<unsigned>(last), &cpus);
    return set(thread, cpus);
  }
  std::optional<std::string> leave(pid_t thread, const ThreadState& before) override {
    cpu_set_t cpus;
    std::memcpy(&cpus, before.affinity.data(), sizeof cpus);
    return set(thread, cpus);
  }

 private:
  static std::optional<std::string> set(pid_t thread, const cpu_set_t& cpus) {
    if (sched_setaffinity(thread, sizeof cpus, &cpus) == 0) return std::nullopt;
    return refused("affinity", thread);
  }
};

}  // namespace

MethodOrRefusal make_scheduling_method(IsolationKind kind) {
  if (kind == IsolationKind::nice) return std::make_unique<NiceMethod>();
  if (kind == IsolationKind::affinity) return std::make_unique<AffinityMethod>();
  return std::make_unique<PolicyMethod>(kind);
}

}  // namespace pulse
#endif
