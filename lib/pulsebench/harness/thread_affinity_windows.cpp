#include <windows.h>

#include "pulsebench/harness/thread_affinity.hpp"

namespace pulsebench::harness {

std::vector<int> cpus_of_process() {
  DWORD_PTR ours = 0, all = 0;
  std::vector<int> cpus;
  if (::GetProcessAffinityMask(::GetCurrentProcess(), &ours, &all) == 0) return cpus;
  for (unsigned cpu = 0; cpu < 64; ++cpu) {
    if ((ours >> cpu & 1U) != 0) cpus.push_back(static_cast<int>(cpu));
  }
  return cpus;
}

void pin_this_thread(int cpu) {
  ::SetThreadAffinityMask(::GetCurrentThread(), DWORD_PTR{1} << static_cast<unsigned>(cpu));
}

}  // namespace pulsebench::harness
