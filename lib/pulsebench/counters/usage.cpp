#include "pulsebench/counters/usage.hpp"

#include <sys/resource.h>

#include <ctime>

#include "pulsebench/counters/encode.hpp"

namespace pulsebench::counters {

std::optional<double> usage_of(const perf_event_attr& event) {
  if (!is_software(event)) return std::nullopt;
  rusage usage{};
  if (getrusage(RUSAGE_THREAD, &usage) != 0) return std::nullopt;
  switch (event.config) {
    case PERF_COUNT_SW_CONTEXT_SWITCHES:
      return static_cast<double>(usage.ru_nvcsw + usage.ru_nivcsw);
    case PERF_COUNT_SW_PAGE_FAULTS:
      return static_cast<double>(usage.ru_minflt + usage.ru_majflt);
    case PERF_COUNT_SW_PAGE_FAULTS_MIN:
      return static_cast<double>(usage.ru_minflt);
    case PERF_COUNT_SW_PAGE_FAULTS_MAJ:
      return static_cast<double>(usage.ru_majflt);
    case PERF_COUNT_SW_TASK_CLOCK: {
      timespec now{};
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
      return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
    }
    default:
      return std::nullopt;
  }
}

}  // namespace pulsebench::counters
