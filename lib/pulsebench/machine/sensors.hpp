#pragma once

#include <string>

#include "pulsebench/machine/cpu_list.hpp"
#include "pulsebench/machine/roots.hpp"
#include "pulsebench/vocabulary/result.hpp"

/// Single readings of the machine, as text. The error has the reason for a missing one: "no
/// cpufreq".
namespace pulsebench::machine {

/// Scaling governors of `cpus`: "performance"; "performance, powersave" if they differ.
[[nodiscard]] Result<std::string> governor(const Roots& roots, const CpuList& cpus);

/// Energy-performance preferences of `cpus`.
[[nodiscard]] Result<std::string> energy_preference(const Roots& roots, const CpuList& cpus);

/// "on" if a CPU may run above its base frequency, else "off".
[[nodiscard]] Result<std::string> boost(const Roots& roots);

/// Current frequencies of `cpus` in kHz, from cpufreq.
[[nodiscard]] Result<std::string> frequency_khz(const Roots& roots, const CpuList& cpus);

/// Other online CPUs on the cores of `cpus`, as a list, or "none".
[[nodiscard]] Result<std::string> sibling_threads(const Roots& roots, const CpuList& cpus);

/// 1-minute load average: "0.42".
[[nodiscard]] Result<std::string> load_1min(const Roots& roots);

/// /proc/pressure/cpu, "some": the 10 s average in percent, and microseconds since boot.
struct CpuPressure {
  double avg10 = 0.0;
  unsigned long long total_us = 0;
};
[[nodiscard]] Result<CpuPressure> cpu_pressure(const Roots& roots);

/// "always", "madvise" or "never".
[[nodiscard]] Result<std::string> transparent_hugepages(const Roots& roots);

/// "off", "partial" or "full", of kernel.randomize_va_space.
[[nodiscard]] Result<std::string> layout_randomisation(const Roots& roots);

/// Hottest CPU sensor in degrees Celsius, with one decimal.
[[nodiscard]] Result<std::string> temperature_celsius(const Roots& roots);

/// Number of thermal throttlings of `cpus` since boot, of cores and packages.
[[nodiscard]] Result<std::string> throttle_count(const Roots& roots, const CpuList& cpus);

/// "tsc", "kvm-clock", ...
[[nodiscard]] Result<std::string> clocksource(const Roots& roots);

/// "none" or "1.50 CPUs".
[[nodiscard]] Result<std::string> cpu_quota(const Roots& roots);

}  // namespace pulsebench::machine
