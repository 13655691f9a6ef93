#include "pulsebench/os/thread_cpus.hpp"

#include "pulsebench/os/cpu_set.hpp"

namespace pulsebench::os {

struct OnCpus::Before {
  cpu_set_t set;
};

OnCpus::OnCpus(const std::vector<int>& cpus) {
  auto before = std::make_unique<Before>();
  const cpu_set_t there = cpu_set_of(cpus);
  if (cpus.empty() || ::sched_getaffinity(0, sizeof before->set, &before->set) != 0) return;
  if (::sched_setaffinity(0, sizeof there, &there) == 0) before_ = std::move(before);
}

OnCpus::~OnCpus() {
  if (before_) ::sched_setaffinity(0, sizeof before_->set, &before_->set);
}

}  // namespace pulsebench::os
