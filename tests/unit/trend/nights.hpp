#pragma once

#include <string>
#include <vector>

#include "pulsebench/trend/history.hpp"

namespace pulsebench::trend {

/// A night with every field filled, and one benchmark.
inline Night sample_night(const std::string& day = "2026-03-01") {
  return {.day = day,
          .run_id = "20260301T020000Z-1a2b3c",
          .commit = "0123abcd",
          .started = "2026-03-01T02:00:00Z",
          .machine_key = "00112233aabbccdd",
          .machine_kind = "epyc-7763",
          .timer = "rdtsc",
          .suites_sha256 = std::string(64, 'a'),
          .anchor_sha256 = std::string(64, 'b'),
          .facts = {{"kernel", "6.1.0-18"}, {"compiler", "GNU 12.2.0"}},
          .costs = {{.id = *BenchmarkId::parse("budget/consume"),
                     .cost = NsPerOp{0.8125},
                     .range = CostRange{NsPerOp{0.75}, NsPerOp{0.875}},
                     .anchor_ratio = 1.015625,
                     .robust_cv = Percent{0.5},
                     .version = 2,
                     .tier = Tier::fast}}};
}

}  // namespace pulsebench::trend
