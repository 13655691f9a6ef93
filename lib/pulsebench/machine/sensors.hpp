#pragma once

#include <string>

#include "pulsebench/machine/cpu_list.hpp"
#include "pulsebench/machine/roots.hpp"
#include "pulsebench/vocabulary/result.hpp"

/// One reading of the machine each, as text. The error says why there is none: "no cpufreq here".
namespace pulsebench::machine {

/// The scaling governors of `cpus`: "performance"; "performance, powersave" where they differ.
[[nodiscard]] Result<std::string> governor(const Roots& roots, const CpuList& cpus);

/// The energy-performance preferences of `cpus`.
[[nodiscard]] Result<std::string> energy_preference(const Roots& roots, const CpuList& cpus);

/// Whether a CPU may run above its base frequency: "on" or "off".
[[nodiscard]] Result<std::string> boost(const Roots& roots);

/// The current frequencies of `cpus` in kHz, as cpufreq says.
[[nodiscard]] Result<std::string> frequency_khz(const Roots& roots, const CpuList& cpus);

/// The online CPUs on the same cores as `cpus`, as a list; "none" where each is alone.
[[nodiscard]] Result<std::string> sibling_threads(const Roots& roots, const CpuList& cpus);

/// The 1-minute load average: "0.42".
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

/// The hottest CPU sensor in degrees Celsius, one decimal.
[[nodiscard]] Result<std::string> temperature_celsius(const Roots& roots);

/// How often `cpus` were slowed by heat since boot, cores and packages together.
[[nodiscard]] Result<std::string> throttle_count(const Roots& roots, const CpuList& cpus);

/// "tsc", "kvm-clock", ...
[[nodiscard]] Result<std::string> clocksource(const Roots& roots);

/// "none" or "1.50 CPUs".
[[nodiscard]] Result<std::string> cpu_quota(const Roots& roots);

}  // namespace pulsebench::machine
