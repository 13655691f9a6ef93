#include "pulsebench/harness/turn_cpus.hpp"

#include <cstddef>

#include "pulsebench/harness/thread_affinity.hpp"

namespace pulsebench {

const std::vector<int>& allowed_cpus() {
  static const std::vector<int> kCpus = [] {
    std::vector<int> cpus = harness::cpus_of_process();
    if (cpus.empty()) cpus.push_back(0);
    return cpus;
  }();
  return kCpus;
}

void take_turn(int turn) {
  const std::vector<int>& cpus = allowed_cpus();
  harness::pin_this_thread(cpus[static_cast<std::size_t>(turn) % cpus.size()]);
}

}  // namespace pulsebench
