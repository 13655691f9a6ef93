#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "pulsebench/render/page.hpp"
#include "pulsebench/vocabulary/tier.hpp"

namespace pulsebench::report {

/// What one tier's share of a run would be, or that of the benchmarks without one.
struct PlannedTier {
  Tier tier = Tier::critical;
  bool declared = true;
  int benchmarks = 0;
  int launches = 0;  ///< of each benchmark
  int slices = 0;    ///< of each launch, at most
};

/// What a run would do.
struct PlannedRun {
  std::string preset = {};
  std::uint64_t seed = 0;
  std::vector<PlannedTier> tiers = {};
  double estimated_seconds = 0.0;
  std::string cpu = {};                  ///< "1", and why it: "1 (last allowed, sibling idle)"
  std::string like = {};                 ///< whose batching is reused; empty: calibrated first
  std::vector<std::string> suites = {};  ///< executables
  std::vector<std::string> notes = {};   ///< "one CPU only: ..."; one line each
  std::string next_command = {};
};

/// `run --dry-run`: the sum in the first line, then a line for each tier, and the settings. The
/// document has `preset`, `seed`, `estimated_seconds`, `suites` and `tiers[]`: schema id
/// `pulsebench-plan`, version 1.
[[nodiscard]] render::Page plan_page(const PlannedRun& plan);

}  // namespace pulsebench::report
