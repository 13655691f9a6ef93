#pragma once

#include <vector>

namespace pulsebench::harness {

/// The CPUs that this process may use; none where the system does not say.
[[nodiscard]] std::vector<int> cpus_of_process();

void pin_this_thread(int cpu);

}  // namespace pulsebench::harness
