#include "pulse/isolation.hpp"

#include <system_error>
#include <thread>
#include <utility>

#include "pulse/isolation_method.hpp"

#if defined(__linux__)
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace pulse {
namespace {

pid_t this_thread() noexcept {
#if defined(__linux__)
  return static_cast<pid_t>(syscall(SYS_gettid));
#else
  return priority_thread();
#endif
}

MethodOrRefusal make_method(IsolationKind kind, const IsolationOptions& options) {
#if defined(__linux__)
  if (kind == IsolationKind::cgroup_v2 || kind == IsolationKind::cgroup_v1) {
    return make_cgroup_method(kind, options);
  }
  if (kind == IsolationKind::thread_priority) {
    return std::string(name_of(kind)) + " is for Windows and macOS";
  }
  return make_scheduling_method(kind);
#else
  static_cast<void>(options);
  if (kind == IsolationKind::thread_priority) return make_priority_method(thread_priorities());
  return std::string(name_of(kind)) + " is not built for this platform; Linux has it";
#endif
}

/// Isolates and restores a new thread, which inherits the calling thread's state. Where a thread
/// cannot be restored, as from SCHED_IDLE without privileges (sched(7)), only the new thread is
/// affected.
std::optional<std::string> try_out(IsolationMethod& method) {
  ThreadState before;
  if (auto problem = method.read(this_thread(), before)) return problem;
  std::optional<std::string> problem;
  try {
    std::thread([&method, &before, &problem] {
      const pid_t self = this_thread();
      problem = method.enter(self);
      if (!problem) problem = method.leave(self, before);
    }).join();
  } catch (const std::system_error& error) {
    problem =
        std::string(name_of(method.kind())) + ": cannot start a thread to try it: " + error.what();
  }
  return problem;
}

}  // namespace

const char* name_of(IsolationKind kind) noexcept {
  constexpr const char* kNames[]{"cgroup v2",   "cgroup v1", "SCHED_IDLE",     "nice",
                                 "SCHED_BATCH", "affinity",  "thread priority"};
  return kNames[static_cast<int>(kind)];
}

Isolation::Isolation(const IsolationOptions& options) {
  for (const IsolationKind kind : options.ladder) {
    MethodOrRefusal made = make_method(kind, options);
    if (auto* const refusal = std::get_if<std::string>(&made)) {
      refusals_.push_back(std::move(*refusal));
      continue;
    }
    method_ = std::move(std::get<std::unique_ptr<IsolationMethod>>(made));
    auto problem = try_out(*method_);
    if (!problem) return;
    refusals_.push_back(std::move(*problem));
    static_cast<void>(method_->close());
    method_.reset();
  }
}

Isolation::~Isolation() { static_cast<void>(remove()); }

std::optional<IsolationKind> Isolation::kind() const noexcept {
  const std::lock_guard lock(mutex_);
  if (method_ == nullptr) return std::nullopt;
  return method_->kind();
}

std::optional<std::string> Isolation::attach(pid_t thread) {
  const std::lock_guard lock(mutex_);
  if (method_ == nullptr) return "no isolation is available; refusals() has the reasons";
  const auto known = records_.find(thread);
  if (known == records_.end()) {
    Record record;
    if (auto problem = method_->read(thread, record.before)) return problem;
    if (auto problem = method_->enter(thread)) return problem;
    record.is_isolated = true;
    records_.emplace(thread, std::move(record));
    return std::nullopt;
  }
  if (known->second.is_isolated) return std::nullopt;
  if (auto problem = method_->enter(thread)) return problem;
  known->second.is_isolated = true;
  return std::nullopt;
}

std::optional<std::string> Isolation::release(pid_t thread) {
  const std::lock_guard lock(mutex_);
  const auto known = records_.find(thread);
  if (known == records_.end()) return std::nullopt;
  return release_locked(thread, known->second);
}

bool Isolation::is_isolated(pid_t thread) const {
  const std::lock_guard lock(mutex_);
  const auto known = records_.find(thread);
  return known != records_.end() && known->second.is_isolated;
}

void Isolation::forget(pid_t thread) {
  const std::lock_guard lock(mutex_);
  records_.erase(thread);
}

std::optional<std::string> Isolation::remove() {
  const std::lock_guard lock(mutex_);
  if (method_ == nullptr) return std::nullopt;
  std::optional<std::string> first;
  for (auto& [thread, record] : records_) {
    auto problem = release_locked(thread, record);
    if (problem && !first) first = std::move(problem);
  }
  records_.clear();
  auto problem = method_->close();
  method_.reset();
  return first ? first : problem;
}

std::optional<std::string> Isolation::release_locked(pid_t thread, Record& record) {
  if (!record.is_isolated) return std::nullopt;
  auto problem = method_->leave(thread, record.before);
  if (!problem) record.is_isolated = false;
  return problem;
}

}  // namespace pulse
