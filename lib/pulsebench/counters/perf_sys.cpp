#include "pulsebench/counters/perf_sys.hpp"

#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>

#if defined(__x86_64__)
#include <cpuid.h>
#endif

namespace pulsebench::counters {
namespace {

class LinuxPerf final : public PerfSys {
 public:
  int open(const perf_event_attr& event, int leader) override {
    const long descriptor =
        syscall(SYS_perf_event_open, &event, 0, -1, leader, PERF_FLAG_FD_CLOEXEC);
    return descriptor < 0 ? -errno : static_cast<int>(descriptor);
  }

  long read(int descriptor, void* into, std::size_t size) override {
    const ssize_t bytes = ::read(descriptor, into, size);
    return bytes < 0 ? -errno : bytes;
  }

  int ioctl(int leader, unsigned long request) override {
    return ::ioctl(leader, request, PERF_IOC_FLAG_GROUP) < 0 ? -errno : 0;
  }

  void close(int descriptor) override { ::close(descriptor); }

  [[nodiscard]] bool in_vm() const override {
#if defined(__x86_64__)
    unsigned eax = 0, ebx = 0, ecx = 0, edx = 0;
    return __get_cpuid(1, &eax, &ebx, &ecx, &edx) != 0 && (ecx & (1U << 31U)) != 0;
#else
    return false;
#endif
  }

  [[nodiscard]] int paranoid() const override {
    int level = 2;
    std::ifstream{"/proc/sys/kernel/perf_event_paranoid"} >> level;
    return level;
  }
};

}  // namespace

PerfSys& linux_perf() {
  static LinuxPerf system;
  return system;
}

}  // namespace pulsebench::counters
