#include <dlfcn.h>
#include <gnu/libc-version.h>
#include <linux/perf_event.h>
#include <sched.h>
#include <sys/personality.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <system_error>

#include <fmt/format.h>

#include "pulsebench/machine/cpu_kernel.hpp"

namespace pulsebench::machine {
namespace {

struct FreeCpuSet {
  void operator()(cpu_set_t* set) const { CPU_FREE(set); }
};
using CpuSet = std::unique_ptr<cpu_set_t, FreeCpuSet>;

constexpr std::size_t kSetBytes = CPU_ALLOC_SIZE(kLastCpu + 1);

CpuSet empty_set() {
  CpuSet set{CPU_ALLOC(kLastCpu + 1)};
  CPU_ZERO_S(kSetBytes, set.get());
  return set;
}

class LinuxKernel final : public CpuKernel {
 public:
  std::string architecture() const override {
    utsname names{};
    return ::uname(&names) == 0 ? names.machine : "";
  }

  std::string libc() const override { return std::string{"glibc "} + ::gnu_get_libc_version(); }

  bool has_library(const std::string& name) const override {
    void* const library = ::dlopen(name.c_str(), RTLD_LAZY | RTLD_LOCAL);
    if (library != nullptr) ::dlclose(library);
    return library != nullptr;
  }

  Result<CpuList> affinity() const override {
    const CpuSet set = empty_set();
    if (::sched_getaffinity(0, kSetBytes, set.get()) != 0) {
      return fail(ErrorCode::io, fmt::format("cannot read the CPU affinity: {}",
                                             std::generic_category().message(errno)));
    }
    CpuList cpus;
    for (int cpu = 0; cpu <= kLastCpu; ++cpu) {
      if (CPU_ISSET_S(static_cast<std::size_t>(cpu), kSetBytes, set.get())) cpus.push_back(cpu);
    }
    return cpus;
  }

  int set_affinity(const CpuList& cpus) override {
    const CpuSet set = empty_set();
    for (const int cpu : cpus) CPU_SET_S(static_cast<std::size_t>(cpu), kSetBytes, set.get());
    return ::sched_setaffinity(0, kSetBytes, set.get()) == 0 ? 0 : errno;
  }

  int try_cycle_counter() override {
    perf_event_attr cycles{};
    cycles.size = sizeof cycles;
    cycles.type = PERF_TYPE_HARDWARE;
    cycles.config = PERF_COUNT_HW_CPU_CYCLES;
    cycles.exclude_kernel = 1;
    cycles.exclude_hv = 1;
    const long fd = ::syscall(SYS_perf_event_open, &cycles, 0, -1, -1, PERF_FLAG_FD_CLOEXEC);
    if (fd < 0) return errno;
    ::close(static_cast<int>(fd));
    return 0;
  }

  int try_fixed_layout() override {
    constexpr unsigned long kAsk = 0xFFFFFFFF;
    const int before = ::personality(kAsk);
    if (before < 0) return errno;
    if (::personality(static_cast<unsigned long>(before) | ADDR_NO_RANDOMIZE) < 0) return errno;
    ::personality(static_cast<unsigned long>(before));
    return 0;
  }
};

}  // namespace

Kernel& this_kernel() {
  static LinuxKernel kernel;
  return kernel;
}

}  // namespace pulsebench::machine
