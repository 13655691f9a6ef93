#pragma once

#include <linux/perf_event.h>

#include <cstddef>

namespace pulsebench::counters {

/// The kernel's side of perf events, for the calling thread. Tests put a fake in its place.
class PerfSys {
 public:
  virtual ~PerfSys() = default;

  /// A descriptor, or the negated errno. `leader` is the group to join, or -1.
  [[nodiscard]] virtual int open(const perf_event_attr& event, int leader) = 0;
  /// Bytes read, or the negated errno.
  [[nodiscard]] virtual long read(int descriptor, void* into, std::size_t size) = 0;
  /// `request` (PERF_EVENT_IOC_…) for the whole group: 0, or the negated errno.
  virtual int ioctl(int leader, unsigned long request) = 0;
  virtual void close(int descriptor) = 0;

  /// Whether CPUID says that a hypervisor runs this machine.
  [[nodiscard]] virtual bool in_vm() const = 0;
  /// /proc/sys/kernel/perf_event_paranoid; 2, the kernel's default, where it cannot be read.
  [[nodiscard]] virtual int paranoid() const = 0;
};

/// This machine's kernel.
[[nodiscard]] PerfSys& linux_perf();

}  // namespace pulsebench::counters
