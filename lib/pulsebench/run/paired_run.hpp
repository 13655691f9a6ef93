#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "pulsebench/plan/effort.hpp"
#include "pulsebench/run/engine.hpp"

namespace pulsebench::run {

struct PairedRunSettings {
  plan::Sampling sampling;
  Cpus cpus;
  tune::ProcessSettings process_settings{};  ///< what each process gets beside its CPUs
  std::uint64_t seed = 0;
  plan::Effort effort;
  std::optional<double> budget_seconds;  ///< no block is begun after that
};

/// What came of one subject: a visit a side and block, both sides in the same layouts.
struct PairedResult {
  Measured old_side, new_side;
  int blocks = 0;        ///< whole ones: both sides measured
  double seconds = 0.0;  ///< wall time spent on it
  bool settled = false;  ///< whether the judge had enough
};

struct PairedRun {
  std::vector<PairedResult> subjects;
  bool aslr_off = true;
  int interrupted_by = 0;
  double seconds = 0.0;
};

/// Told of each block of subject `i` as it is measured, and whether it is the last by the effort;
/// true ends the subject.
using Judge = std::function<bool(std::size_t subject, const Visit& old_side, const Visit& new_side,
                                 bool last)>;

/// Measures two sides against each other, block by block: a fresh process a side, in the same
/// layout, one directly after the other in random order. Subjects take turns, and leave when the
/// judge has enough, so that time goes to the open ones. A failure on one side ends its subject.
[[nodiscard]] PairedRun run_paired(std::vector<Subject> subjects, const PairedRunSettings& settings,
                                   const Interrupt& interrupt, const Judge& judge,
                                   const std::function<void(const Progress&)>& progress);

}  // namespace pulsebench::run
