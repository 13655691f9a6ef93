#include "pulsebench/run/workload.hpp"

#include <map>

#include "pulsebench/run/engine.hpp"

namespace pulsebench::run {

std::vector<std::vector<std::size_t>> launch_groups(const std::vector<Subject>& subjects) {
  std::vector<std::vector<std::size_t>> groups;
  std::map<const Workload*, std::size_t> known;
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    const Workload* const workload = subjects[i].sides.front().workload.get();
    const auto found = workload == nullptr ? known.end() : known.find(workload);
    if (found != known.end()) {
      groups[found->second].push_back(i);
      continue;
    }
    if (workload != nullptr) known.emplace(workload, groups.size());
    groups.push_back({i});
  }
  return groups;
}

}  // namespace pulsebench::run
