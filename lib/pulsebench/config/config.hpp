#pragma once

#include <array>
#include <chrono>
#include <map>
#include <optional>
#include <regex>
#include <string>
#include <vector>

#include "pulsebench/config/workload.hpp"
#include "pulsebench/vocabulary/names.hpp"
#include "pulsebench/vocabulary/result.hpp"
#include "pulsebench/vocabulary/tier.hpp"
#include "pulsebench/vocabulary/units.hpp"

namespace pulsebench::config {

/// What happens when a benchmark of the tier changes for the worse beyond its threshold.
enum class Effect { fail, warn, inform };

/// How one tier is judged.
struct TierGate {
  Percent threshold;             ///< a change counts above this
  bool overrides_rules = false;  ///< the threshold holds for benchmarks with one of their own, too
  double alpha = 0.01;           ///< odds of a false alarm, over the whole run
  Effect effect = Effect::warn;
  int min_slices = 0;          ///< samples the tier asks for; 0: none
  Percent max_robust_cv = {};  ///< spread of the launches the tier allows; 0: none
  std::optional<Cost> budget = {},
                      target = {};  ///< what an operation of the tier may, and should, cost

  auto operator<=>(const TierGate&) const = default;
};

/// How much is measured.
struct Preset {
  std::array<int, kTierCount> launches{};  ///< per tier

  auto operator<=>(const Preset&) const = default;
};

/// Sampling constants, `docs/design/verdict.md` (i); a run and the run it is compared to must share
/// them.
struct Sampling {
  std::chrono::nanoseconds slice{200'000};
  std::chrono::nanoseconds visit{10'000'000};
  std::chrono::nanoseconds warm_up{2'000'000};
  /// Of a block of `ab`: many short visits decide.
  std::chrono::nanoseconds live_visit{4'000'000}, live_warm_up{1'000'000};
  int min_operations = 32;  ///< per slice
  int min_slices = 8;
  int max_slices = 50;
  std::chrono::milliseconds launch_limit{10'000};  ///< a launch that takes longer hangs

  auto operator<=>(const Sampling&) const = default;
};

/// Programs to measure, and how they are started.
struct SuiteEntry {
  std::string path;  ///< an executable, a folder of them or a glob, relative to the root
  std::vector<std::string> arguments = {};
  std::vector<std::string> environment = {};  ///< "NAME=value"
  std::string working_directory = {};         ///< relative to the root; empty: that of pulsebench
  std::optional<std::chrono::milliseconds> time_limit = {};  ///< of a launch; else the sampling's
  std::optional<Tier> tier = {};  ///< of its benchmarks that declare none
  std::string needed = {};        ///< what it is built with; not empty: it may be missing

  auto operator<=>(const SuiteEntry&) const = default;
};

/// What is said about the benchmarks whose id has a match of the expression.
struct BenchmarkRule {
  std::string match;
  std::regex expression;
  std::optional<Tier> tier = {};
  std::optional<Percent> threshold = {};
  std::optional<Cost> target = {};
  std::optional<double> allocations = {};  ///< per operation, at most
  std::optional<Effect> effect = {};       ///< of a change for the worse; else the tier's
};

/// How `ab` builds a git revision.
struct Build {
  std::string command;  ///< for a shell, in the checked-out folder; empty: revisions are not built
  std::string suites;   ///< where it leaves the executables; empty: the suites of the configuration

  auto operator<=>(const Build&) const = default;
};

struct Config {
  std::array<TierGate, kTierCount> gates;
  std::map<std::string, Preset> presets;  ///< quick, standard, rigorous
  std::string default_preset = "standard";
  Sampling sampling;
  std::string project;             ///< its name; empty: none is given
  std::vector<SuiteEntry> suites;  ///< of programs that two entries name the first counts
  std::vector<WorkloadEntry> workloads;
  Tier default_tier = Tier::critical;     ///< by which benchmarks without a tier are judged
  std::vector<BenchmarkRule> benchmarks;  ///< the first that matches an id counts, and no other
  Build build;
  std::string file;  ///< that it was read from, relative to the root; empty: there is none
};

/// Of `config/targets.json`, by benchmark id: the design's bounds for one operation.
struct Target {
  std::optional<Cost> cost;
  std::optional<double> allocations;  ///< 0: none

  auto operator<=>(const Target&) const = default;
};
using Targets = std::map<std::string, Target>;

}  // namespace pulsebench::config

namespace pulsebench {

template <>
inline constexpr std::array<Named<config::Effect>, 3> kNames<config::Effect>{
    {{config::Effect::fail, "fail"},
     {config::Effect::warn, "warn"},
     {config::Effect::inform, "inform"}}};

}  // namespace pulsebench
