#include "pulsebench/profile/gpu_watch.hpp"

#include <doctest/doctest.h>

#include "pulsebench/profile/gpu_report.hpp"

using namespace pulsebench;
using namespace pulsebench::profile;

namespace {

constexpr int kNotSupported = 3;

/// One device whose answers are members.
struct FakeNvml final : NvmlSys {
  int init_code = 0, energy_code = 0, temperature_code = 0;
  unsigned devices = 1, milliwatts = 100'000, utilization_percent = 50;
  unsigned long long millijoules = 0, throttle_bits = 0, used = 1000;
  std::vector<GpuProcess> running;
  int shut_down = 0;

  std::string why_absent() override { return {}; }
  int init() override { return init_code; }
  void shutdown() override { ++shut_down; }
  std::string error_text(int code) override {
    return code == kNotSupported ? "Not Supported" : "Driver Not Loaded";
  }
  int device_count(unsigned& count) override { return count = devices, 0; }
  int device(unsigned, GpuDevice& device) override { return device = this, 0; }
  int name(GpuDevice, std::string& name) override { return name = "Fake", 0; }
  int utilization(GpuDevice, GpuUtilization& utilization) override {
    utilization = {utilization_percent, 10};
    return 0;
  }
  int memory(GpuDevice, GpuMemory& memory) override { return memory.used = used, 0; }
  int processes(GpuDevice, std::vector<GpuProcess>& list) override { return list = running, 0; }
  int power_mw(GpuDevice, unsigned& power) override { return power = milliwatts, 0; }
  int energy_mj(GpuDevice, unsigned long long& energy) override {
    return energy = millijoules, energy_code;
  }
  int temperature(GpuDevice, unsigned& celsius) override { return celsius = 60, temperature_code; }
  int sm_clock_mhz(GpuDevice, unsigned& megahertz) override { return megahertz = 1500, 0; }
  int throttle_reasons(GpuDevice, unsigned long long& bits) override {
    return bits = throttle_bits, 0;
  }
};

bool is_seven(pid_t pid) { return pid == 7; }

}  // namespace

TEST_CASE("figures are the mean or the highest of the samples, and energy is a difference") {
  FakeNvml nvml;
  nvml.millijoules = 5'000;
  GpuWatch watch{nvml, is_seven};
  REQUIRE(watch.begin().empty());
  watch.sample();
  nvml.used = 9000;
  nvml.utilization_percent = 100;
  nvml.running = {{7, 4096}, {8, 1U << 20U}};
  nvml.throttle_bits = 0x44;
  watch.sample();
  nvml.millijoules = 25'000;
  const GpuReport report = watch.end(2.0);
  CHECK(report.samples == 2);
  REQUIRE(report.devices.size() == 1);
  const GpuUse& use = report.devices[0];
  CHECK(use.utilization_percent.value == 75.0);
  CHECK(use.memory_peak_bytes.value == 9000.0);
  CHECK(use.memory_delta_bytes.value == 8000.0);
  CHECK(use.process_peak_bytes.value == 4096.0);
  CHECK(use.energy_joules.value == 20.0);
  CHECK(use.energy_by == "energy counter");
  CHECK(use.throttling.at_start == "none");
  CHECK(use.throttling.at_end == "software power cap, hardware thermal slowdown");
  // 10 W, for 1 ms.
  const GpuProfile profile{.benchmark = "a", .cost = Cost{1e6}, .gpu = report};
  CHECK(profile.energy_per_op(use).value == doctest::Approx(0.01));
}

TEST_CASE("without an energy counter, energy is the mean power times the time") {
  FakeNvml nvml;
  nvml.energy_code = kNotSupported;
  GpuWatch watch{nvml, is_seven};
  REQUIRE(watch.begin().empty());
  watch.sample();
  nvml.milliwatts = 200'000;
  watch.sample();
  const GpuUse use = watch.end(3.0).devices.at(0);
  CHECK(use.energy_joules.value == doctest::Approx(450.0));
  CHECK(use.energy_by == "mean power x time");
}

TEST_CASE("a figure that is not supported is absent with its reason") {
  FakeNvml nvml;
  nvml.temperature_code = kNotSupported;
  GpuWatch watch{nvml, is_seven};
  REQUIRE(watch.begin().empty());
  watch.sample();
  const GpuUse use = watch.end(0.5).devices.at(0);
  CHECK_FALSE(use.temperature_celsius.value.has_value());
  CHECK(use.temperature_celsius.absent == "Not Supported");
  CHECK(use.sm_clock_mhz.value == 1500.0);
  CHECK(use.process_peak_bytes.absent == "the driver lists no process of this benchmark");
  CHECK(use.utilization_percent.absent == "shorter than the 1 s that the driver averages");
}

TEST_CASE("a driver that does not answer, or has no device, is no failure of ours") {
  FakeNvml nvml;
  nvml.init_code = 9;
  CHECK(GpuWatch{nvml, is_seven}.begin() ==
        "the NVIDIA GPU driver does not answer: Driver Not Loaded");
  CHECK(nvml.shut_down == 0);
  nvml.init_code = 0;
  nvml.devices = 0;
  CHECK(GpuWatch{nvml, is_seven}.begin() == "the NVIDIA GPU driver knows no device");
  CHECK(nvml.shut_down == 1);
}
