#include "pulsebench/harness/kernel_counters.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <ctime>

#include "pulsebench/vocabulary/sample.hpp"

namespace pulsebench::harness {
namespace {

/// Time waiting on a run queue in ns, the second of the three numbers in schedstat
/// (Documentation/scheduler/sched-stats.rst). 0 if it cannot be read.
std::uint64_t read_run_delay(int schedstat) {
  std::array<char, 64> text{};
  const ssize_t size = pread(schedstat, text.data(), text.size(), 0);
  if (size <= 0) return 0;
  const char* const begin = text.data();
  const char* const end = begin + size;
  const char* const space = std::find(begin, end, ' ');
  std::uint64_t delay = 0;
  if (space != end) std::from_chars(space + 1, end, delay);
  return delay;
}

std::uint64_t thread_cpu_ns() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000'000U +
         static_cast<std::uint64_t>(now.tv_nsec);
}

}  // namespace

KernelCounters::KernelCounters()
    : schedstat_(open("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC)),
      overhead_cpu_ns_(measure_overhead()) {}

KernelCounters::~KernelCounters() {
  if (schedstat_ >= 0) close(schedstat_);
}

KernelCounters::Reading KernelCounters::read() const {
  rusage usage{};
  getrusage(RUSAGE_THREAD, &usage);
  return {.cpu_ns = thread_cpu_ns(),
          .run_delay_ns = read_run_delay(schedstat_),
          .involuntary_switches = usage.ru_nivcsw,
          .major_faults = usage.ru_majflt};
}

std::uint32_t KernelCounters::causes(const Reading& before, const Reading& after) {
  return bit_of(Disturbance::preempted, after.involuntary_switches != before.involuntary_switches) |
         bit_of(Disturbance::run_delay, after.run_delay_ns != before.run_delay_ns) |
         bit_of(Disturbance::faulted, after.major_faults != before.major_faults);
}

}  // namespace pulsebench::harness
