#pragma once

#include <sched.h>

#include <cstddef>
#include <vector>

namespace pulsebench::os {

/// `cpus` as the kernel takes them.
[[nodiscard]] inline cpu_set_t cpu_set_of(const std::vector<int>& cpus) {
  cpu_set_t set;
  CPU_ZERO(&set);
  for (const int cpu : cpus) CPU_SET(static_cast<std::size_t>(cpu), &set);
  return set;
}

}  // namespace pulsebench::os
