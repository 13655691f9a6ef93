#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "pulsebench/plan/pace.hpp"
#include "pulsebench/run/engine.hpp"

namespace pulsebench::run {

struct PairedRunSettings {
  plan::Sampling sampling;
  Cpus cpus;
  tune::ProcessSettings process_settings{};  ///< of each process, beside its CPUs
  std::uint64_t seed = 0;
  plan::Effort effort;
  std::optional<double> budget_seconds;  ///< no block starts after this time
};

/// Result of one subject: a visit per side and block, with the same layouts on both sides.
struct PairedResult {
  Measured old_side, new_side;
  int blocks = 0;        ///< complete blocks: both sides measured
  double seconds = 0.0;  ///< wall time of the subject
  bool settled = false;  ///< the judge ended the subject
};

struct PairedRun {
  std::vector<PairedResult> subjects;
  Granted granted{};
  int interrupted_by = 0;
  double seconds = 0.0;
};

/// Called after each block of a subject; `last` if the effort allows no more. Returns true to end
/// the subject.
using Judge = std::function<bool(std::size_t subject, const Visit& old_side, const Visit& new_side,
                                 bool last)>;

/// Compares two sides block by block: a new process per side, in the same layout, one directly
/// after the other in random order. Subjects take turns until the judge ends them, so that the time
/// goes to the open ones. A failure on one side ends its subject.
[[nodiscard]] PairedRun run_paired(std::vector<Subject> subjects, const PairedRunSettings& settings,
                                   const Interrupt& interrupt, const Judge& judge,
                                   const std::function<void(const Progress&)>& progress);

}  // namespace pulsebench::run
