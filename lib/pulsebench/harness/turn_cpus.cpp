#include "pulsebench/harness/turn_cpus.hpp"

#include <sched.h>

#include <cstddef>

namespace pulsebench {
namespace {

std::vector<int> ask_allowed() {
  cpu_set_t set{};
  std::vector<int> cpus;
  if (sched_getaffinity(0, sizeof set, &set) == 0) {
    for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
      if (CPU_ISSET(static_cast<std::size_t>(cpu), &set)) cpus.push_back(cpu);
    }
  }
  if (cpus.empty()) cpus.push_back(0);
  return cpus;
}

}  // namespace

const std::vector<int>& allowed_cpus() {
  static const std::vector<int> kCpus = ask_allowed();
  return kCpus;
}

void take_turn(int turn) {
  const std::vector<int>& cpus = allowed_cpus();
  cpu_set_t set{};
  CPU_ZERO(&set);
  CPU_SET(static_cast<std::size_t>(cpus[static_cast<std::size_t>(turn) % cpus.size()]), &set);
  sched_setaffinity(0, sizeof set, &set);
}

}  // namespace pulsebench
