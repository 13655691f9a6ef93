#include "pulsebench/counters/count.hpp"

#include "pulsebench/counters/session.hpp"

namespace pulsebench::counters {

std::vector<Counter> count_per_operation(const std::vector<std::string>& names,
                                         const std::function<void(std::uint64_t)>& run,
                                         std::uint64_t operations) {
  Session session{linux_perf(), names};
  return session.per_operation(run, operations);
}

}  // namespace pulsebench::counters
