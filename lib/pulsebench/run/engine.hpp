#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "pulsebench/plan/sampling.hpp"
#include "pulsebench/run/interrupt.hpp"
#include "pulsebench/run/launcher.hpp"
#include "pulsebench/run/suite.hpp"
#include "pulsebench/tune/process_knobs.hpp"
#include "pulsebench/vocabulary/measured.hpp"

namespace pulsebench::run {

/// One benchmark to measure on every side.
struct Subject {
  BenchmarkInfo info;
  std::string suite;
  std::vector<Source> sides;
  int launches = 0;
  std::optional<Batching> batching;  ///< known from an earlier run; else it is calibrated
  double visit_seconds = 0.0;        ///< what a visit takes; 0 where it is not known
  bool count_allocations = false;    ///< whatever the settings say of all
};

/// One side of `subject` before anything is measured. `thread_cpus`: the CPUs that benchmarks with
/// several threads have; 0 where they are not pinned.
[[nodiscard]] Measured not_yet_measured(const Subject& subject, std::size_t side,
                                        std::size_t thread_cpus);

/// What is being done, for whoever draws progress. Called between launches only.
struct Progress {
  std::size_t done = 0;
  std::size_t total = 0;
  std::string current;
};

struct Settings {
  plan::Sampling sampling;
  Cpus cpus;
  tune::ProcessSettings process_settings{};  ///< what each process gets beside its CPUs
  std::uint64_t seed = 0;
  std::optional<double> budget_seconds;
  std::vector<std::string> counters = {};  ///< events to count in each visit; empty: none
  bool instructions = false;               ///< count them exactly, after all visits
  bool allocations = false;                ///< the same of allocations, of every subject
};

struct Measurement {
  /// [side][subject]: visits in launch order, kept also where a later launch failed.
  std::vector<std::vector<Measured>> sides;
  std::vector<int> launches;  ///< planned for each subject
  bool aslr_off = true;
  std::optional<std::string> memory_unlocked{};  ///< see Launcher
  int interrupted_by = 0;                        ///< the signal, or 0
  double seconds = 0.0;                          ///< wall time, calibration included
};

/// Measures every subject on every side: calibrates what has no batching yet, plans, and starts one
/// fresh process per launch, subject and side. A process that crashes, hangs or lies costs its own
/// subject the launches that were left, on all sides; the rest goes on. `progress` may be empty.
[[nodiscard]] Measurement measure(std::vector<Subject> subjects, std::size_t sides,
                                  const Settings& settings, const Interrupt& interrupt,
                                  const std::function<void(const Progress&)>& progress);

}  // namespace pulsebench::run
