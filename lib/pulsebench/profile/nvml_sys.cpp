#include "pulsebench/profile/nvml_sys.hpp"

#include <dlfcn.h>

#include <array>

namespace pulsebench::profile {
namespace {

constexpr int kFunctionNotFound = 13;  // NVML_ERROR_FUNCTION_NOT_FOUND
constexpr int kTemperatureOfGpu = 0;   // NVML_TEMPERATURE_GPU
constexpr int kClockOfSm = 1;          // NVML_CLOCK_SM
constexpr unsigned kMostProcesses = 256;

/// nvmlProcessInfo_t of the functions with the suffixes _v2 and _v3.
struct ProcessInfo {
  unsigned pid;
  unsigned long long used_memory;  ///< all bits set: not known
  unsigned gpu_instance, compute_instance;
};

/// Functions are declared here by the documentation of NVML; no header of NVIDIA is needed. Each is
/// looked up when it is called: older drivers lack some.
class LoadedNvml final : public NvmlSys {
 public:
  std::string why_absent() override {
    if (library_ == nullptr) library_ = dlopen("libnvidia-ml.so.1", RTLD_NOW | RTLD_LOCAL);
    if (library_ != nullptr) return {};
    const char* const reason = dlerror();
    return reason == nullptr ? "libnvidia-ml.so.1 cannot be loaded" : reason;
  }

  int init() override { return call("nvmlInit_v2"); }
  void shutdown() override { (void)call("nvmlShutdown"); }

  std::string error_text(int code) override {
    if (code == kFunctionNotFound) return "this driver lacks the function";
    const auto text = reinterpret_cast<const char* (*)(int)>(find("nvmlErrorString"));
    const char* const words = text == nullptr ? nullptr : text(code);
    return words == nullptr ? "error " + std::to_string(code) : words;
  }

  int device_count(unsigned& count) override { return call("nvmlDeviceGetCount_v2", &count); }
  int device(unsigned index, GpuDevice& device) override {
    return call("nvmlDeviceGetHandleByIndex_v2", index, &device);
  }
  int name(GpuDevice device, std::string& name) override {
    std::array<char, 97> text{};
    const int code = call("nvmlDeviceGetName", device, text.data(), 96U);
    name = text.data();
    return code;
  }
  int utilization(GpuDevice device, GpuUtilization& utilization) override {
    return call("nvmlDeviceGetUtilizationRates", device, &utilization);
  }
  int memory(GpuDevice device, GpuMemory& memory) override {
    return call("nvmlDeviceGetMemoryInfo", device, &memory);
  }

  int processes(GpuDevice device, std::vector<GpuProcess>& processes) override {
    std::array<ProcessInfo, kMostProcesses> infos{};
    unsigned count = kMostProcesses;
    int code = call("nvmlDeviceGetComputeRunningProcesses_v3", device, &count, infos.data());
    if (code == kFunctionNotFound) {
      code = call("nvmlDeviceGetComputeRunningProcesses_v2", device, &count, infos.data());
    }
    processes.clear();
    for (unsigned i = 0; code == kNvmlSuccess && i < count && i < kMostProcesses; ++i) {
      if (infos[i].used_memory == ~0ULL) continue;
      processes.push_back({static_cast<pid_t>(infos[i].pid), infos[i].used_memory});
    }
    return code;
  }

  int power_mw(GpuDevice device, unsigned& milliwatts) override {
    return call("nvmlDeviceGetPowerUsage", device, &milliwatts);
  }
  int energy_mj(GpuDevice device, unsigned long long& millijoules) override {
    return call("nvmlDeviceGetTotalEnergyConsumption", device, &millijoules);
  }
  int temperature(GpuDevice device, unsigned& celsius) override {
    return call("nvmlDeviceGetTemperature", device, kTemperatureOfGpu, &celsius);
  }
  int sm_clock_mhz(GpuDevice device, unsigned& megahertz) override {
    return call("nvmlDeviceGetClockInfo", device, kClockOfSm, &megahertz);
  }
  int throttle_reasons(GpuDevice device, unsigned long long& bits) override {
    return call("nvmlDeviceGetCurrentClocksThrottleReasons", device, &bits);
  }

 private:
  void* find(const char* name) { return library_ == nullptr ? nullptr : dlsym(library_, name); }

  template <class... Arguments>
  int call(const char* name, Arguments... arguments) {
    const auto function = reinterpret_cast<int (*)(Arguments...)>(find(name));
    return function == nullptr ? kFunctionNotFound : function(arguments...);
  }

  void* library_ = nullptr;
};

}  // namespace

NvmlSys& this_nvml() {
  static LoadedNvml library;
  return library;
}

}  // namespace pulsebench::profile
