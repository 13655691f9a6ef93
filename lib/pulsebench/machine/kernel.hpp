#pragma once

#include <chrono>
#include <string>

#include "pulsebench/machine/cpu_list.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::machine {

/// Time during which a thread that only reads the clock did not run on its CPU.
struct SpinGaps {
  std::chrono::nanoseconds watched{0};
  std::chrono::nanoseconds lost{0};     ///< sum of the gaps
  std::chrono::nanoseconds longest{0};  ///< the longest gap
  int gaps = 0;                         ///< pauses of more than 5 µs between two readings
};

/// System calls and instructions of this room, so that a test can replace the kernel.
/// `this_kernel()` is the real one. An `int` result is 0 or an errno.
class Kernel {
 public:
  virtual ~Kernel() = default;

  /// Hardware name of uname(2): "x86_64".
  [[nodiscard]] virtual std::string architecture() const = 0;
  /// "glibc 2.36".
  [[nodiscard]] virtual std::string libc() const = 0;
  /// Signature in CPUID leaf 0x40000000 ("KVMKVMKVM"); empty on bare metal, and without x86.
  [[nodiscard]] virtual std::string hypervisor_signature() const = 0;
  /// True if `name` is an executable on PATH.
  [[nodiscard]] virtual bool has_program(const std::string& name) const = 0;
  /// True if the shared library `name` is installed: "libdw.so.1". Loads it for a moment.
  [[nodiscard]] virtual bool has_library(const std::string& name) const = 0;

  /// CPUs of the calling thread's affinity.
  [[nodiscard]] virtual Result<CpuList> affinity() const = 0;
  /// Sets the affinity of the calling thread.
  [[nodiscard]] virtual int set_affinity(const CpuList& cpus) = 0;

  /// Opens and closes a counter of user-mode hardware cycles on the calling thread.
  [[nodiscard]] virtual int try_cycle_counter() = 0;
  /// Tries personality(ADDR_NO_RANDOMIZE), and restores the personality.
  [[nodiscard]] virtual int try_fixed_layout() = 0;

  /// Spins on `cpu` and then restores the affinity. `io` if the thread cannot be pinned there.
  [[nodiscard]] virtual Result<SpinGaps> spin(int cpu, std::chrono::milliseconds duration) = 0;
};

[[nodiscard]] Kernel& this_kernel();

}  // namespace pulsebench::machine
