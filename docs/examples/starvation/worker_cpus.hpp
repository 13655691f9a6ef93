#pragma once

#include <sched.h>

#include <asio/post.hpp>
#include <barrier>
#include <cstddef>
#include <memory>
#include <pulse/asio/executor.hpp>
#include <vector>

/// The CPUs that this process may use.
inline std::vector<std::size_t> allowed_cpus() {
  cpu_set_t mask{};
  sched_getaffinity(0, sizeof mask, &mask);
  std::vector<std::size_t> cpus;
  for (std::size_t cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
    if (CPU_ISSET(cpu, &mask)) cpus.push_back(cpu);
  }
  return cpus;
}

/// A worker a CPU, as executors for low latency have it. Left to the kernel, two workers can share
/// one CPU for tens of milliseconds, with an isolated thread alone on the other, until it balances.
inline void pin_workers(pulse::asio::Runtime& runtime, std::size_t workers) {
  const auto cpus = allowed_cpus();
  // Where all meet, and the caller: so that none is asked twice.
  const auto gate = std::make_shared<std::barrier<>>(static_cast<std::ptrdiff_t>(workers) + 1);
  for (std::size_t i = 0; i < workers; ++i) {
    asio::post(runtime.pool(), [gate, cpu = cpus[i % cpus.size()]] {
      cpu_set_t one{};
      CPU_SET(cpu, &one);
      sched_setaffinity(0, sizeof one, &one);
      gate->arrive_and_wait();
    });
  }
  gate->arrive_and_wait();
}
