#pragma once

#include <chrono>
#include <string>
#include <vector>

#include <fmt/chrono.h>

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
                     .cost = Cost{0.8125},
                     .range = CostRange{Cost{0.75}, Cost{0.875}},
                     .anchor_ratio = 1.015625,
                     .robust_cv = Percent{0.5},
                     .version = 2,
                     .tier = Tier::fast}}};
}

/// The day that is `days` after 2026-01-01.
inline std::string day_after_new_year(int days) {
  const std::chrono::sys_days day =
      std::chrono::sys_days{std::chrono::year{2026} / 1 / 1} + std::chrono::days{days};
  const std::chrono::year_month_day date{day};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

/// A night of the benchmark `a`, tier 0, whose commit and run carry its number.
inline Night plain_night(int number, double cost) {
  return {.day = day_after_new_year(number),
          .run_id = fmt::format("run-{}", number),
          .commit = fmt::format("c{}", number),
          .started = day_after_new_year(number) + "T02:00:00Z",
          .machine_key = "key",
          .machine_kind = "kind",
          .timer = "rdtsc",
          .suites_sha256 = fmt::format("sha-{}", number),
          .costs = {{.id = *BenchmarkId::parse("a"), .cost = Cost{cost}}}};
}

/// Nights in a row: `counts` nights at each cost, with a zigzag of ±0.2 %.
inline History history_of_levels(const std::vector<std::pair<double, int>>& levels) {
  History history;
  for (const auto& [cost, count] : levels) {
    for (int i = 0; i < count; ++i) {
      const int number = static_cast<int>(history.nights.size());
      history.nights.push_back(plain_night(number, cost * (number % 2 == 0 ? 1.002 : 0.998)));
    }
  }
  return history;
}

}  // namespace pulsebench::trend
