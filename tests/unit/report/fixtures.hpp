#pragma once

#include <cmath>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pulsebench/baseline/document.hpp"
#include "pulsebench/compare/comparison.hpp"
#include "pulsebench/report/run_page.hpp"
#include "pulsebench/vocabulary/benchmark_id.hpp"

namespace pulsebench::report::fixtures {

inline BenchmarkInfo info(std::string_view id, Tier tier = Tier::critical,
                          Role role = Role::operation) {
  return BenchmarkInfo{BenchmarkId::parse(id).value(), tier, role, 1, 1};
}

/// A result of 20 launches with 50 slices each, 0.5 % wide and with 0.2 % spread.
inline baseline::BenchmarkResult result(std::string_view id, double ns,
                                        std::optional<double> target = {},
                                        Tier tier = Tier::critical) {
  baseline::BenchmarkResult made{.info = info(id, tier), .suite = "suite"};
  made.launches_asked = 20;
  for (int i = 0; i < 20; ++i) {
    made.launches.launch.push_back(i);
    made.launches.slices.push_back(50);
    made.launches.disturbed.push_back(0);
  }
  made.value = Cost{ns};
  made.interval = baseline::Interval{ns * 0.997, ns * 1.005, 0.99};
  made.robust_cv = Percent{0.2};
  made.raw_cv = Percent{38.4};
  if (target) made.target = Cost{*target};
  return made;
}

inline baseline::BenchmarkResult floor(std::string_view id, double ns) {
  auto made = result(id, ns);
  made.info.role = Role::floor;
  return made;
}

inline baseline::BenchmarkResult failure(std::string_view id, Status status, std::string reason) {
  baseline::BenchmarkResult made{.info = info(id), .suite = "suite"};
  made.outcome = {status, std::move(reason)};
  made.launches_asked = 20;
  return made;
}

/// The envelope of a run, without a benchmark.
inline baseline::Document run() {
  baseline::Document document;
  document.seed = 12345;
  document.preset = "standard";
  document.git.commit = "1a2b3c4d5e6f708192a3b4c5d6e7f80912a3b4c5";
  document.git.branch = "main";
  document.machine.key = "9f3c2a1b00d4e5f6";
  document.time = {12.4, 12.0, 7.3};
  return document;
}

/// A run of tier 0 as the design expects it, figures of docs/design/core.md.
inline baseline::Document tier_0_run() {
  auto document = run();
  document.benchmarks = {result("hooks/has_hooks", 0.273, 10),
                         result("hooks/before_poll/no_hooks", 0.274, 20),
                         result("hooks/before_poll/noop_hook", 1.352, 20),
                         result("hooks/after_poll/no_hooks", 0.541, 20),
                         result("budget/consume", 0.861, 15),
                         result("budget/is_exhausted", 0.273, 10),
                         result("budget/remaining", 0.273, 10),
                         result("tier_check/get_tier", 0.762, 20),
                         result("tier_check/should_yield", 0.831, 15),
                         floor("floors/relaxed_load", 0.273),
                         floor("floors/lock_xadd", 2.06),
                         floor("floors/indirect_call", 1.35),
                         floor("floors/rdtsc", 9.49),
                         floor("floors/thread_cpu_clock", 515)};
  return document;
}

/// A run of tiers 0 and 1 with everything that can go wrong in it.
inline baseline::Document troubled_run() {
  auto document = tier_0_run();
  document.git.dirty = true;
  document.preset = "quick";
  auto& results = document.benchmarks;
  results[4].launches.disturbed[3] = 120;
  results[5].injected_percent = 15.0;
  results[6].robust_cv = Percent{7.4};
  results.push_back(failure("hooks/crashy", Status::crashed,
                            "crashed by signal 11 (SIGSEGV) in launch 3 of 20; run it alone: "
                            "tier0_critical --benchmark_filter=hooks/crashy"));
  results.push_back(failure("hooks/empty", Status::measured_nothing,
                            "no slower than the empty loop; is its result used?"));
  results.push_back(result("tier_manager/record_poll_time", 101.2, 100, Tier::fast));
  results.push_back(result("tier_manager/update_tier", 99.9, 100, Tier::fast));
  results.push_back(result("metrics/untargeted", 4301, {}, Tier::fast));
  auto& few = results.back();
  for (auto* column : {&few.launches.launch, &few.launches.slices, &few.launches.disturbed}) {
    column->resize(5);
  }
  few.interval.reset();
  return document;
}

/// One benchmark of a comparison, both sides measured in 20 launches.
inline compare::Judged judged(std::string_view id, compare::Verdict verdict, double base,
                              double candidate, double z, Tier tier = Tier::critical) {
  const Percent change{100.0 * (candidate / base - 1.0)};
  const bool critical = tier == Tier::critical;
  return {.info = info(id, tier),
          .verdict = verdict,
          .gates = critical,
          .base = Cost{base},
          .candidate = Cost{candidate},
          .threshold = Percent{critical ? 5.0 : 10.0},
          .change = change,
          .change_low = Percent{change.value - 0.6},
          .change_high = Percent{change.value + 0.9},
          .z = z,
          .pairs = 20,
          .p_value = verdict == compare::Verdict::regressed
                         ? std::optional{0.5 * std::erfc(z / std::sqrt(2.0))}
                         : std::nullopt,
          .family = 6};
}

/// A reason whose sentence is `text`.
inline compare::Reason said(std::string text) {
  return {.code = compare::ReasonCode::side_failed, .texts = {std::move(text)}};
}

/// One that has no verdict: `base` or `candidate` is missing.
inline compare::Judged unjudged(std::string_view id, std::optional<double> base,
                                std::optional<double> candidate, std::string reason) {
  auto made =
      judged(id, compare::Verdict::not_judged, base.value_or(1.0), candidate.value_or(1.0), 0.0);
  if (!base) made.base.reset();
  if (!candidate) made.candidate.reset();
  made.reasons = {said(std::move(reason))};
  return made;
}

inline compare::Comparison comparison(std::vector<compare::Judged> benchmarks) {
  compare::Comparison made;
  made.base_name = "main";
  made.candidate_name = "pr-123";
  made.judged = static_cast<int>(benchmarks.size());
  made.benchmarks = std::move(benchmarks);
  return made;
}

/// A comparison with every verdict in it.
inline compare::Comparison mixed_comparison() {
  using compare::Verdict;
  auto made = comparison(
      {judged("hooks/has_hooks", Verdict::unchanged, 0.273, 0.273, -8.1),
       judged("hooks/before_poll/no_hooks", Verdict::unchanged, 0.274, 0.275, -7.2),
       judged("budget/consume", Verdict::regressed, 0.861, 0.990, 17.3),
       judged("tier_manager/record_poll_time", Verdict::regressed, 101, 120, 3.1, Tier::fast),
       judged("metrics/increment_counter", Verdict::improved, 1.2, 0.3, -90.0, Tier::fast),
       judged("tier_check/get_tier", Verdict::inconclusive, 0.762, 0.801, 0.4),
       unjudged("hooks/new_one", {}, 1.1, "only in pr-123"),
       unjudged("hooks/crashy", 1.1, {}, "crashed by signal 11 (SIGSEGV) in launch 3 of 20")});
  made.benchmarks[5].reasons = {
      said("the interval reaches the threshold; more launches settle it: --preset rigorous")};
  made.benchmarks.back().failed = true;
  made.warnings = {said("the kernel differs: 6.1.0-18 in main, 6.1.0-20 in pr-123")};
  made.judged = 6;
  return made;
}

inline RunPageOptions options() {
  RunPageOptions made;
  made.demands.launches = {20, 16, 16, 16};
  made.demands.robust_cv = {Percent{5}, Percent{10}, Percent{0}, Percent{0}};
  return made;
}

}  // namespace pulsebench::report::fixtures
