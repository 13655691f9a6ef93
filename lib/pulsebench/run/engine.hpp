#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "pulsebench/plan/pace.hpp"
#include "pulsebench/run/interrupt.hpp"
#include "pulsebench/run/launcher.hpp"
#include "pulsebench/tune/process_knobs.hpp"
#include "pulsebench/vocabulary/measured.hpp"

namespace pulsebench::run {

/// One benchmark to measure on every side.
struct Subject {
  BenchmarkInfo info;
  std::string suite;
  std::vector<Source> sides;
  int launches = 0;
  std::optional<Batching> batching;  ///< from an earlier run; otherwise it is calibrated
  double visit_seconds = 0.0;        ///< time of a visit; 0 if unknown
  bool count_allocations = false;    ///< also without `Settings::allocations`
};

/// One side of `subject` before anything is measured. `thread_cpus`: the CPUs that benchmarks with
/// several threads have; 0 where they are not pinned.
[[nodiscard]] Measured not_yet_measured(const Subject& subject, std::size_t side,
                                        std::size_t thread_cpus);

/// Progress of a measurement, reported between launches only.
struct Progress {
  std::size_t done = 0;
  std::size_t total = 0;
  std::string current;
  std::string known = {};  ///< of the result already: "3 unchanged, 1 suspect"; empty: nothing
  std::optional<double> share = {};  ///< of the work, from 0 to 1; empty: that of `done`
};

struct Settings {
  plan::Sampling sampling;
  Cpus cpus;
  tune::ProcessSettings process_settings{};  ///< of each process, beside its CPUs
  std::uint64_t seed = 0;
  std::optional<double> budget_seconds;
  std::vector<std::string> counters = {};  ///< events to count in each visit; empty: none
  bool instructions = false;               ///< count instructions exactly, after all visits
  bool allocations = false;                ///< count allocations of every subject
};

struct Measurement {
  /// [side][subject]: visits in launch order, kept also where a later launch failed.
  std::vector<std::vector<Measured>> sides;
  std::vector<int> launches;  ///< planned for each subject
  /// Wall time of each subject. The first of those that one launch measures has that of all.
  std::vector<double> subject_seconds = {};
  Granted granted{};
  std::optional<std::string> memory_unlocked{};  ///< see Launcher
  int interrupted_by = 0;                        ///< the signal, or 0
  double seconds = 0.0;                          ///< wall time, calibration included
};

/// Measures every subject on every side: calibrates subjects without batching, plans, and starts a
/// new process per launch, subject and side. If a process crashes, hangs or sends a wrong answer,
/// the remaining launches of its subject are skipped on all sides. Other subjects continue.
/// `progress` may be empty.
[[nodiscard]] Measurement measure(std::vector<Subject> subjects, std::size_t sides,
                                  const Settings& settings, const Interrupt& interrupt,
                                  const std::function<void(const Progress&)>& progress);

}  // namespace pulsebench::run
