#pragma once

#include <linux/perf_event.h>

#include <cstddef>

namespace pulsebench::counters {

/// Interface to the kernel's perf events for the calling thread. Tests use a fake.
class PerfSys {
 public:
  virtual ~PerfSys() = default;

  /// Returns a descriptor, or the negated errno. `leader` is the group to join, or -1.
  [[nodiscard]] virtual int open(const perf_event_attr& event, int leader) = 0;
  /// Returns the bytes read, or the negated errno.
  [[nodiscard]] virtual long read(int descriptor, void* into, std::size_t size) = 0;
  /// Applies `request` (PERF_EVENT_IOC_…) to the group; 0, or the negated errno.
  virtual int ioctl(int leader, unsigned long request) = 0;
  virtual void close(int descriptor) = 0;

  /// True if CPUID reports a hypervisor.
  [[nodiscard]] virtual bool in_vm() const = 0;
  /// /proc/sys/kernel/perf_event_paranoid; 2, the kernel's default, if it cannot be read.
  [[nodiscard]] virtual int paranoid() const = 0;
};

/// Interface to this machine's kernel.
[[nodiscard]] PerfSys& linux_perf();

}  // namespace pulsebench::counters
