#pragma once

#include <array>

#include "pulsebench/vocabulary/names.hpp"

namespace pulsebench {

/// What a machine computes with: `config/targets.json` may have other targets for each class.
enum class HardwareClass { cpu_only, nvidia_gpu };

inline constexpr const char* kHardwareClassFact = "hardware_class";  ///< its name in a result

template <>
inline constexpr std::array<Named<HardwareClass>, 2> kNames<HardwareClass>{
    {{HardwareClass::cpu_only, "cpu_only"}, {HardwareClass::nvidia_gpu, "nvidia_gpu"}}};

}  // namespace pulsebench
