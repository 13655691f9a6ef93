#include <windows.h>

#include "pulsebench/os/thread_cpus.hpp"
#include "pulsebench/os/windows_process.hpp"

namespace pulsebench::os {

struct OnCpus::Before {
  DWORD_PTR mask;
};

OnCpus::OnCpus(const std::vector<int>& cpus) {
  const auto bits = cpu_bits(cpus);
  if (!bits || *bits == 0) return;
  const DWORD_PTR mask = ::SetThreadAffinityMask(::GetCurrentThread(), *bits);
  if (mask != 0) before_ = std::make_unique<Before>(Before{mask});
}

OnCpus::~OnCpus() {
  if (before_) ::SetThreadAffinityMask(::GetCurrentThread(), before_->mask);
}

}  // namespace pulsebench::os
