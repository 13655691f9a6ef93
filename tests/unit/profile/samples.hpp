#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "pulsebench/profile/cpu_profile.hpp"

namespace pulsebench::profile {

/// A stack by the names of its functions, the innermost first, and its samples. A name that begins
/// with '^' is inlined.
using NamedStack = std::pair<std::vector<std::string>, std::uint64_t>;

/// Adds a launch to a profile.
inline void add_launch(CpuProfile& profile, double p25, const std::vector<NamedStack>& stacks) {
  LaunchSamples launch{.p25_ns_per_op = p25};
  for (const auto& [names, samples] : stacks) {
    FrameNumbers numbers;
    for (const std::string& name : names) {
      const bool inlined = name.front() == '^';
      const std::string function = inlined ? name.substr(1) : name;
      numbers.push_back(
          profile.frames.number_of({function, "/src/" + function + ".cpp", 7, inlined}));
    }
    launch.stacks[numbers] += samples;
    launch.samples += samples;
  }
  profile.launches.push_back(std::move(launch));
}

}  // namespace pulsebench::profile
