#pragma once

#include <sys/syscall.h>
#include <unistd.h>

#include <condition_variable>
#include <mutex>
#include <thread>

#include "pulse/isolation.hpp"

inline pid_t this_thread() { return static_cast<pid_t>(syscall(SYS_gettid)); }

/// A thread that waits until its end, to be isolated by other threads.
class Subject {
 public:
  Subject() : thread_([this] { live(); }) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return id_ != 0; });
  }
  ~Subject() {
    {
      const std::lock_guard lock(mutex_);
      done_ = true;
    }
    changed_.notify_all();
    thread_.join();
  }
  [[nodiscard]] pid_t id() const { return id_; }

 private:
  void live() {
    std::unique_lock lock(mutex_);
    id_ = this_thread();
    changed_.notify_all();
    changed_.wait(lock, [this] { return done_; });
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  pid_t id_ = 0;
  bool done_ = false;
  std::thread thread_;
};

inline pulse::IsolationOptions only(pulse::IsolationKind kind) {
  pulse::IsolationOptions options;
  options.ladder = {kind};
  return options;
}
