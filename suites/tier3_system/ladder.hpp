#pragma once

// Shared by the isolation benchmarks.

#include <benchmark/benchmark.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <chrono>
#include <pulse/isolation.hpp>

inline pid_t this_thread() { return static_cast<pid_t>(syscall(SYS_gettid)); }

/// The strongest method that this machine allows: a control group if permitted.
inline pulse::IsolationOptions strongest() { return {}; }

/// The first method of the ladder that needs no privilege.
inline pulse::IsolationOptions sched_idle() {
  pulse::IsolationOptions options;
  options.ladder = {pulse::IsolationKind::sched_idle};
  return options;
}

using IsolationOptionsMaker = pulse::IsolationOptions (*)();

inline const char* name_of(const pulse::Isolation& isolation) {
  return isolation.kind() ? name_of(*isolation.kind()) : "none";
}

template <class Op>
[[nodiscard]] std::chrono::nanoseconds time_of(Op op) {
  const auto began = std::chrono::steady_clock::now();
  op();
  return std::chrono::steady_clock::now() - began;
}
