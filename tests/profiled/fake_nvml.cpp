// A libnvidia-ml.so.1 for tests. The variable NVML_FAKE says how it answers:
// "init=9" (no driver), "nosupport=energy", "used=1000000", several separated by commas.

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

namespace {

constexpr int kNotSupported = 3;

const char* fake() {
  const char* const text = std::getenv("NVML_FAKE");
  return text == nullptr ? "" : text;
}

unsigned long long value_of(const char* key, unsigned long long usual) {
  const char* const found = std::strstr(fake(), (std::string{key} + "=").c_str());
  return found == nullptr ? usual : std::strtoull(found + std::strlen(key) + 1, nullptr, 10);
}

template <class Number>
int answer(const char* key, Number& number, Number usual) {
  if (std::strstr(fake(), (std::string{"nosupport="} + key).c_str()) != nullptr) {
    return kNotSupported;
  }
  number = static_cast<Number>(value_of(key, usual));
  return 0;
}

}  // namespace

extern "C" {

int nvmlInit_v2() { return static_cast<int>(value_of("init", 0)); }
int nvmlShutdown() { return 0; }
const char* nvmlErrorString(int code) {
  return code == kNotSupported ? "Not Supported"
         : code == 9           ? "Driver Not Loaded"
                               : "Unknown Error";
}
int nvmlDeviceGetCount_v2(unsigned* count) { return answer("count", *count, 1U); }
int nvmlDeviceGetHandleByIndex_v2(unsigned index, void** device) {
  *device = reinterpret_cast<void*>(static_cast<unsigned long>(index) + 1);
  return 0;
}
int nvmlDeviceGetName(void*, char* name, unsigned size) {
  std::snprintf(name, size, "NVIDIA Fake 1000");
  return 0;
}

struct Utilization {
  unsigned gpu, memory;
};
int nvmlDeviceGetUtilizationRates(void*, Utilization* rates) {
  rates->memory = 12;
  return answer("utilization", rates->gpu, 37U);
}

struct Memory {
  unsigned long long total, free, used;
};
int nvmlDeviceGetMemoryInfo(void*, Memory* memory) {
  static unsigned long long more = 0;  // the second answer and those behind it have 1 MiB more
  memory->total = 10ULL << 30U;
  const int code = answer("used", memory->used, 256ULL << 20U);
  memory->used += more;
  memory->free = memory->total - memory->used;
  more = 1U << 20U;
  return code;
}

int nvmlDeviceGetPowerUsage(void*, unsigned* milliwatts) {
  return answer("power", *milliwatts, 250'000U);
}
/// Half a kilojoule between the first answer and the second.
int nvmlDeviceGetTotalEnergyConsumption(void*, unsigned long long* millijoules) {
  static unsigned long long energy = 0;
  return answer("energy", *millijoules, energy += 500'000);
}
int nvmlDeviceGetTemperature(void*, int, unsigned* celsius) {
  return answer("temperature", *celsius, 64U);
}
int nvmlDeviceGetClockInfo(void*, int, unsigned* megahertz) {
  return answer("clock", *megahertz, 1710U);
}
int nvmlDeviceGetCurrentClocksThrottleReasons(void*, unsigned long long* bits) {
  return answer("throttle", *bits, 0ULL);
}
}
