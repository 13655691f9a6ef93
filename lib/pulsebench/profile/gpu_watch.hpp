#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "pulsebench/profile/nvml_sys.hpp"

namespace pulsebench::profile {

/// A figure, or why there is none.
struct GpuFigure {
  std::optional<double> value = {};
  std::string absent = {};  ///< "Not Supported"
};

/// Texts at the start and at the end of the watching, or why there are none.
struct GpuThrottling {
  std::string at_start, at_end;  ///< "none", "power cap"
  std::string absent = {};
};

/// What one device did while it was watched.
struct GpuUse {
  std::string name;
  GpuFigure utilization_percent, memory_bus_percent;  ///< the mean of the samples
  GpuFigure memory_peak_bytes;                        ///< of the device
  GpuFigure memory_delta_bytes;  ///< that peak less what was in use at the start
  GpuFigure process_peak_bytes;  ///< of the benchmark's process
  GpuFigure energy_joules;
  std::string energy_by = {};     ///< "energy counter" or "mean power x time"
  GpuFigure temperature_celsius;  ///< the highest
  GpuFigure sm_clock_mhz;         ///< the mean
  GpuThrottling throttling;
};

/// What the GPUs of this machine did, or why that is not known.
struct GpuReport {
  std::string absent = {};  ///< "no NVIDIA GPU driver here: ..."; empty where there is one
  std::vector<GpuUse> devices = {};
  double seconds = 0.0;
  int samples = 0;
};

/// Below that, utilization is of a time before the benchmark too.
inline constexpr double kLeastUtilizationSeconds = 1.0;

/// Watches all devices: `begin`, then `sample` again and again, then `end`.
class GpuWatch {
 public:
  /// `is_ours` says whether a process is the benchmark's.
  GpuWatch(NvmlSys& nvml, std::function<bool(pid_t)> is_ours)
      : nvml_(nvml), is_ours_(std::move(is_ours)) {}
  ~GpuWatch();
  GpuWatch(const GpuWatch&) = delete;
  GpuWatch& operator=(const GpuWatch&) = delete;

  /// Why nothing can be watched; empty where it begins.
  [[nodiscard]] std::string begin();
  void sample();
  /// `seconds`: since `begin`.
  [[nodiscard]] GpuReport end(double seconds);

 private:
  /// Sum, number and maximum of the values of one figure, or the code of its first failure.
  struct Series {
    double sum = 0.0, highest = 0.0;
    int count = 0;
    int code = kNvmlSuccess;

    void add(int its_code, double value);
  };
  struct Device {
    GpuDevice handle = nullptr;
    std::string name;
    Series utilization, memory_bus, memory, process, power, temperature, clock;
    int process_code = kNvmlSuccess;
    int energy_code = kNvmlSuccess, memory_code = kNvmlSuccess, throttle_code = kNvmlSuccess;
    unsigned long long energy_at_start = 0, throttle_at_start = 0;
    GpuMemory memory_at_start;
  };

  void sample(Device& device);
  [[nodiscard]] GpuUse use_of(Device& device, double seconds);
  void set_energy(GpuUse& use, Device& device, double seconds);
  [[nodiscard]] GpuFigure mean_of(const Series& series);
  [[nodiscard]] GpuFigure highest_of(const Series& series);

  NvmlSys& nvml_;
  std::function<bool(pid_t)> is_ours_;
  std::vector<Device> devices_;
  bool started_ = false;
  int samples_ = 0;
};

/// "power cap, thermal slowdown"; "none".
[[nodiscard]] std::string throttle_text(unsigned long long bits);

}  // namespace pulsebench::profile
