#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

namespace pulsebench::profile {

/// A device of the NVIDIA driver; its meaning is the driver's.
using GpuDevice = void*;

struct GpuUtilization {
  unsigned gpu = 0, memory = 0;  ///< percent, of the last 1/6 to 1 s
};

struct GpuMemory {
  unsigned long long total = 0, free = 0, used = 0;  ///< bytes
};

/// What a process holds.
struct GpuProcess {
  pid_t pid = 0;
  std::uint64_t bytes = 0;
};

inline constexpr int kNvmlSuccess = 0;

/// Interface to the NVIDIA Management Library. Tests use a fake. The functions return the
/// library's code: 0, or what `error_text` explains.
class NvmlSys {
 public:
  virtual ~NvmlSys() = default;

  /// Loads the library at the first call. Returns why there is none; empty where there is one.
  [[nodiscard]] virtual std::string why_absent() = 0;
  [[nodiscard]] virtual int init() = 0;
  virtual void shutdown() = 0;
  [[nodiscard]] virtual std::string error_text(int code) = 0;

  virtual int device_count(unsigned& count) = 0;
  virtual int device(unsigned index, GpuDevice& device) = 0;
  virtual int name(GpuDevice device, std::string& name) = 0;
  virtual int utilization(GpuDevice device, GpuUtilization& utilization) = 0;
  virtual int memory(GpuDevice device, GpuMemory& memory) = 0;
  virtual int processes(GpuDevice device, std::vector<GpuProcess>& processes) = 0;
  virtual int power_mw(GpuDevice device, unsigned& milliwatts) = 0;
  virtual int energy_mj(GpuDevice device, unsigned long long& millijoules) = 0;
  virtual int temperature(GpuDevice device, unsigned& celsius) = 0;
  virtual int sm_clock_mhz(GpuDevice device, unsigned& megahertz) = 0;
  virtual int throttle_reasons(GpuDevice device, unsigned long long& bits) = 0;
};

/// The library of this machine, libnvidia-ml.so.1.
[[nodiscard]] NvmlSys& this_nvml();

}  // namespace pulsebench::profile
