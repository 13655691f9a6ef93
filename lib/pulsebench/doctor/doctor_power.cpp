#include <optional>

#include <fmt/format.h>

#include "pulsebench/doctor/examination.hpp"
#include "pulsebench/machine/sensors.hpp"
#include "pulsebench/os/pseudo_file.hpp"

namespace pulsebench::doctor {
namespace {

Check governor_check(const Examination& seen) {
  const auto value = machine::governor(seen.roots, seen.placement.measure);
  if (!value) return not_applicable("governor", value.error().message);
  if (*value == "performance") return passed("governor", *value);
  return {"governor", CheckState::bad, *value,
          "the clock follows the load: the first launches run slower than the later ones",
          "echo performance | sudo tee /sys/devices/system/cpu/cpu*/cpufreq/scaling_governor"};
}

Check energy_check(const Examination& seen) {
  const auto value = machine::energy_preference(seen.roots, seen.placement.measure);
  if (!value) return not_applicable("energy_preference", value.error().message);
  if (*value == "performance") return passed("energy_preference", *value);
  return {"energy_preference", CheckState::warning, *value,
          "the CPU may lower its clock to save energy",
          "echo performance | sudo tee "
          "/sys/devices/system/cpu/cpu*/cpufreq/energy_performance_preference"};
}

std::string boost_off_command(const machine::Roots& roots) {
  const bool intel =
      os::read_number(roots.sys / "devices/system/cpu/intel_pstate/no_turbo").has_value();
  if (intel) return "echo 1 | sudo tee /sys/devices/system/cpu/intel_pstate/no_turbo";
  if (os::read_number(roots.sys / "devices/system/cpu/cpufreq/boost")) {
    return "echo 0 | sudo tee /sys/devices/system/cpu/cpufreq/boost";
  }
  return "echo 0 | sudo tee /sys/devices/system/cpu/cpufreq/policy*/boost";
}

Check boost_check(const Examination& seen) {
  const auto value = machine::boost(seen.roots);
  if (!value) return not_applicable("boost", value.error().message);
  if (*value == "off") return passed("boost", *value);
  return {"boost", CheckState::warning, *value,
          "the clock depends on the temperature and on the load of other cores",
          boost_off_command(seen.roots)};
}

Check mains_check(const Examination& seen) {
  std::optional<bool> mains;
  for (const auto& supply : os::entries_of(seen.roots.sys / "class/power_supply")) {
    if (os::read_if_there(supply / "type").value_or("") != "Mains") continue;
    const auto online = os::read_number(supply / "online");
    if (!online) return not_applicable("mains_power", online.error().message);
    mains = mains.value_or(false) || *online != 0;
  }
  if (!mains) return not_applicable("mains_power", "no mains adapter is reported");
  if (*mains) return passed("mains_power", "plugged in");
  return {"mains_power", CheckState::bad, "on battery",
          "firmware and kernel save energy: clocks and sleep states differ", "plug in the charger"};
}

Check throttle_check(const Examination& seen) {
  const auto value = machine::throttle_count(seen.roots, seen.placement.measure);
  if (!value) return not_applicable("throttling", value.error().message);
  if (*value == "0") return passed("throttling", "never since boot");
  const auto degrees = machine::temperature_celsius(seen.roots);
  return {"throttling", CheckState::warning,
          fmt::format("{} times since boot{}", *value,
                      degrees ? fmt::format(", now {} °C", *degrees) : ""),
          "the CPU slows down when it gets hot", "sudo cpupower frequency-set --max 2GHz"};
}

}  // namespace

std::vector<Check> power_checks(const Examination& seen) {
  return {governor_check(seen), energy_check(seen), boost_check(seen), mains_check(seen),
          throttle_check(seen)};
}

}  // namespace pulsebench::doctor
