#include "pulsebench/report/floor_unit.hpp"

#include <fmt/format.h>

#include "pulsebench/report/run_notes.hpp"

namespace pulsebench::report {

std::optional<NsPerOp> floor_unit(const baseline::Document& document) {
  std::optional<NsPerOp> cheapest;
  int floors = 0;
  for (const auto& result : document.benchmarks) {
    if (result.info.role != Role::floor || !measured(result)) continue;
    ++floors;
    if (!cheapest || *result.value < *cheapest) cheapest = result.value;
  }
  if (floors < 2 || cheapest->value <= 0.0) return std::nullopt;
  return cheapest;
}

std::string in_units(NsPerOp value, NsPerOp unit) {
  const double ratio = value.value / unit.value;
  return fmt::format("{:.{}f} L", ratio, ratio < 9.95 && ratio > 1.0 ? 1 : 0);
}

}  // namespace pulsebench::report
