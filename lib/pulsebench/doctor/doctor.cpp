#include "pulsebench/doctor/doctor.hpp"

#include <algorithm>
#include <iterator>

#include "pulsebench/doctor/examination.hpp"

namespace pulsebench::doctor {

std::vector<Check> examine(const machine::Roots& roots, const machine::Placement& placement,
                           machine::Kernel& kernel) {
  const Examination seen = watch(roots, placement, kernel);
  std::vector<Check> checks;
  for (auto group : {power_checks, sharing_checks, kernel_checks, tool_checks}) {
    auto found = group(seen);
    std::move(found.begin(), found.end(), std::back_inserter(checks));
  }
  std::stable_sort(checks.begin(), checks.end(),
                   [](const Check& a, const Check& b) { return a.state < b.state; });
  return checks;
}

}  // namespace pulsebench::doctor
