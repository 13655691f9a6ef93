#include "pulsebench/machine/kernel.hpp"

#include <dlfcn.h>
#include <gnu/libc-version.h>
#include <linux/perf_event.h>
#include <sched.h>
#include <sys/personality.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>
#if defined(__x86_64__) || defined(__i386__)
#include <cpuid.h>
#endif

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <system_error>

#include <fmt/format.h>

#include "pulsebench/vocabulary/text.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::machine {
namespace {

using Clock = std::chrono::steady_clock;

// A pause of this length is a gap. A timer interrupt takes 1-3 µs; reading the clock 25 ns.
constexpr std::chrono::nanoseconds kGap{5000};

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

SpinGaps watch_the_clock(std::chrono::milliseconds duration) {
  SpinGaps seen;
  const auto start = Clock::now();
  auto last = start;
  while (last - start < duration) {
    const auto now = Clock::now();
    const auto gap = now - last;
    if (gap > kGap) {
      seen.lost += gap;
      seen.longest = std::max<std::chrono::nanoseconds>(seen.longest, gap);
      ++seen.gaps;
    }
    last = now;
  }
  seen.watched = last - start;
  return seen;
}

class LinuxKernel final : public Kernel {
 public:
  std::string architecture() const override {
    utsname names{};
    return ::uname(&names) == 0 ? names.machine : "";
  }

  std::string libc() const override { return std::string{"glibc "} + ::gnu_get_libc_version(); }

  std::string hypervisor_signature() const override {
#if defined(__x86_64__) || defined(__i386__)
    unsigned a = 0, b = 0, c = 0, d = 0;
    constexpr unsigned kHypervisorBit = 1U << 31U;  // CPUID leaf 1, ECX
    if (__get_cpuid(1, &a, &b, &c, &d) == 0 || (c & kHypervisorBit) == 0) return "";
    __cpuid(0x40000000, a, b, c, d);
    const std::array<unsigned, 3> words{b, c, d};
    std::array<char, 13> text{};
    std::memcpy(text.data(), words.data(), 12);
    return text.data();
#else
    return "";
#endif
  }

  bool has_program(const std::string& name) const override {
    const char* path = std::getenv("PATH");
    for (const auto& folder : split(path == nullptr ? "/usr/bin:/bin" : path, ':')) {
      if (!folder.empty() && ::access((folder + '/' + name).c_str(), X_OK) == 0) return true;
    }
    return false;
  }

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

  Result<SpinGaps> spin(int cpu, std::chrono::milliseconds duration) override {
    PB_TRY(const auto before, affinity());
    if (const int refused = set_affinity({cpu}); refused != 0) {
      return fail(ErrorCode::io, fmt::format("cannot run on CPU {}: {}", cpu,
                                             std::generic_category().message(refused)));
    }
    const SpinGaps seen = watch_the_clock(duration);
    set_affinity(before);
    return seen;
  }
};

}  // namespace

Kernel& this_kernel() {
  static LinuxKernel kernel;
  return kernel;
}

}  // namespace pulsebench::machine
