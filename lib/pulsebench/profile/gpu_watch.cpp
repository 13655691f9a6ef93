#include "pulsebench/profile/gpu_watch.hpp"

#include <algorithm>
#include <utility>

namespace pulsebench::profile {
namespace {

struct ThrottleReason {
  unsigned long long bit;
  const char* name;
};

// nvmlClocksThrottleReason* of NVML's documentation; an idle GPU and one whose clocks a program
// chose are not throttled.
constexpr ThrottleReason kThrottleReasons[] = {
    {0x4, "software power cap"},
    {0x8, "hardware slowdown"},
    {0x10, "sync boost"},
    {0x20, "software thermal slowdown"},
    {0x40, "hardware thermal slowdown"},
    {0x80, "hardware power brake"},
};

}  // namespace

std::string throttle_text(unsigned long long bits) {
  std::string text;
  for (const ThrottleReason& reason : kThrottleReasons) {
    if ((bits & reason.bit) != 0) text += (text.empty() ? "" : ", ") + std::string{reason.name};
  }
  return text.empty() ? "none" : text;
}

void GpuWatch::Series::add(int its_code, double value) {
  if (its_code != kNvmlSuccess) {
    code = its_code;
    return;
  }
  sum += value;
  highest = count == 0 ? value : std::max(highest, value);
  ++count;
}

GpuWatch::~GpuWatch() {
  if (started_) nvml_.shutdown();
}

std::string GpuWatch::begin() {
  if (const std::string why = nvml_.why_absent(); !why.empty()) {
    return "no NVIDIA GPU driver here: " + why;
  }
  const auto refused = [&](int code) {
    return "the NVIDIA GPU driver does not answer: " + nvml_.error_text(code);
  };
  if (const int code = nvml_.init(); code != kNvmlSuccess) return refused(code);
  started_ = true;
  unsigned count = 0;
  if (const int code = nvml_.device_count(count); code != kNvmlSuccess) return refused(code);
  if (count == 0) return "the NVIDIA GPU driver knows no device";
  for (unsigned i = 0; i < count; ++i) {
    Device device;
    if (const int code = nvml_.device(i, device.handle); code != kNvmlSuccess) {
      return refused(code);
    }
    if (nvml_.name(device.handle, device.name) != kNvmlSuccess) device.name = "unnamed GPU";
    device.energy_code = nvml_.energy_mj(device.handle, device.energy_at_start);
    device.throttle_code = nvml_.throttle_reasons(device.handle, device.throttle_at_start);
    device.memory_code = nvml_.memory(device.handle, device.memory_at_start);
    devices_.push_back(std::move(device));
  }
  return {};
}

void GpuWatch::sample() {
  for (Device& device : devices_) sample(device);
  ++samples_;
}

void GpuWatch::sample(Device& device) {
  GpuUtilization utilization;
  const int rates = nvml_.utilization(device.handle, utilization);
  device.utilization.add(rates, utilization.gpu);
  device.memory_bus.add(rates, utilization.memory);
  GpuMemory memory;
  const int memory_code = nvml_.memory(device.handle, memory);
  device.memory.add(memory_code, static_cast<double>(memory.used));
  std::vector<GpuProcess> processes;
  device.process_code = nvml_.processes(device.handle, processes);
  for (const GpuProcess& process : processes) {
    if (is_ours_(process.pid)) device.process.add(kNvmlSuccess, static_cast<double>(process.bytes));
  }
  unsigned value = 0;
  const int power = nvml_.power_mw(device.handle, value);
  device.power.add(power, value);
  const int temperature = nvml_.temperature(device.handle, value);
  device.temperature.add(temperature, value);
  const int clock = nvml_.sm_clock_mhz(device.handle, value);
  device.clock.add(clock, value);
}

GpuFigure GpuWatch::mean_of(const Series& series) {
  if (series.count > 0) return {.value = series.sum / series.count};
  return {.absent =
              series.code == kNvmlSuccess ? "no sample was taken" : nvml_.error_text(series.code)};
}

GpuFigure GpuWatch::highest_of(const Series& series) {
  return series.count > 0 ? GpuFigure{.value = series.highest} : mean_of(series);
}

void GpuWatch::set_energy(GpuUse& use, Device& device, double seconds) {
  unsigned long long energy = 0;
  if (device.energy_code == kNvmlSuccess &&
      nvml_.energy_mj(device.handle, energy) == kNvmlSuccess) {
    use.energy_joules.value = static_cast<double>(energy - device.energy_at_start) / 1e3;
    use.energy_by = "energy counter";
    return;
  }
  use.energy_joules = mean_of(device.power);
  if (!use.energy_joules.value) return;
  *use.energy_joules.value *= seconds / 1e3;
  use.energy_by = "mean power x time";
}

GpuUse GpuWatch::use_of(Device& device, double seconds) {
  GpuUse use;
  use.name = device.name;
  if (seconds < kLeastUtilizationSeconds) {
    use.utilization_percent.absent = use.memory_bus_percent.absent =
        "shorter than the 1 s that the driver averages";
  } else {
    use.utilization_percent = mean_of(device.utilization);
    use.memory_bus_percent = mean_of(device.memory_bus);
  }
  use.memory_peak_bytes = highest_of(device.memory);
  use.memory_delta_bytes = use.memory_peak_bytes;
  if (use.memory_delta_bytes.value && device.memory_code == kNvmlSuccess) {
    *use.memory_delta_bytes.value -= static_cast<double>(device.memory_at_start.used);
  }
  use.process_peak_bytes = highest_of(device.process);
  if (!use.process_peak_bytes.value) {
    use.process_peak_bytes.absent = device.process_code == kNvmlSuccess
                                        ? "the driver lists no process of this benchmark"
                                        : nvml_.error_text(device.process_code);
  }
  set_energy(use, device, seconds);
  use.temperature_celsius = highest_of(device.temperature);
  use.sm_clock_mhz = mean_of(device.clock);
  unsigned long long bits = 0;
  int code = device.throttle_code;
  if (code == kNvmlSuccess) code = nvml_.throttle_reasons(device.handle, bits);
  if (code == kNvmlSuccess) {
    use.throttling = {throttle_text(device.throttle_at_start), throttle_text(bits)};
  } else {
    use.throttling.absent = nvml_.error_text(code);
  }
  return use;
}

GpuReport GpuWatch::end(double seconds) {
  GpuReport report{.seconds = seconds, .samples = samples_};
  for (Device& device : devices_) report.devices.push_back(use_of(device, seconds));
  return report;
}

}  // namespace pulsebench::profile
