#pragma once

#include <sched.h>

#include <asio/post.hpp>
#include <barrier>
#include <cstddef>
#include <memory>
#include <pulse/asio/executor.hpp>
#include <vector>

/// CPUs that this process may use.
inline std::vector<std::size_t> allowed_cpus() {
  cpu_set_t mask{};
  sched_getaffinity(0, sizeof mask, &mask);
  std::vector<std::size_t> cpus;
  for (std::size_t cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
    if (CPU_ISSET(cpu, &mask)) cpus.push_back(cpu);
  }
  return cpus;
}

/// Pins each worker to a CPU, as low-latency executors do. Otherwise the kernel may run two workers
/// on one CPU for tens of milliseconds, and only an isolated thread on the other.
inline void pin_workers(pulse::asio::Runtime& runtime, std::size_t workers) {
  const auto cpus = allowed_cpus();
  // All workers and the caller wait here, so that no worker runs two of the handlers.
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
