#include <windows.h>

#include <cstddef>

#include "pulsebench/harness/turn_cpus.hpp"

namespace pulsebench {
namespace {

std::vector<int> ask_allowed() {
  DWORD_PTR ours = 0, all = 0;
  std::vector<int> cpus;
  if (::GetProcessAffinityMask(::GetCurrentProcess(), &ours, &all) != 0) {
    for (unsigned cpu = 0; cpu < 64; ++cpu) {
      if ((ours >> cpu & 1U) != 0) cpus.push_back(static_cast<int>(cpu));
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
  const auto cpu = static_cast<unsigned>(cpus[static_cast<std::size_t>(turn) % cpus.size()]);
  ::SetThreadAffinityMask(::GetCurrentThread(), DWORD_PTR{1} << cpu);
}

}  // namespace pulsebench
