#include "pulsebench/machine/hardware_class.hpp"

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>

#include "pulsebench/os/pseudo_file.hpp"

namespace pulsebench::machine {
namespace {

/// Returns true for "nvidia0", and false for "nvidiactl", which needs no GPU.
bool is_gpu(const std::string& device) {
  constexpr std::string_view kPrefix = "nvidia";
  return device.size() > kPrefix.size() && device.starts_with(kPrefix) &&
         std::all_of(device.begin() + kPrefix.size(), device.end(),
                     [](unsigned char byte) { return std::isdigit(byte) != 0; });
}

}  // namespace

HardwareClass hardware_class(const Roots& roots) {
  const auto devices = os::entries_of(roots.dev);
  const bool has_device = std::ranges::any_of(
      devices, [](const auto& device) { return is_gpu(device.filename().string()); });
  const bool has_driver = os::read_pseudo_file(roots.proc / "driver/nvidia/version").has_value();
  return has_device || has_driver ? HardwareClass::nvidia_gpu : HardwareClass::cpu_only;
}

}  // namespace pulsebench::machine
