#include <algorithm>
#include <array>

#include "pulsebench/harness/kernel_counters.hpp"

namespace pulsebench::harness {

double KernelCounters::measure_overhead() const {
  std::array<double, 15> costs{};
  Reading last = read();
  for (double& cost : costs) {
    const Reading now = read();
    cost = static_cast<double>(now.cpu_ns - last.cpu_ns);
    last = now;
  }
  std::sort(costs.begin(), costs.end());
  return costs[costs.size() / 2];
}

}  // namespace pulsebench::harness
