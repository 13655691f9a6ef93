#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "pulsebench/compare/comparison.hpp"
#include "pulsebench/fleet/plan.hpp"
#include "pulsebench/fleet/run_folder.hpp"
#include "pulsebench/fleet/slurm_text.hpp"
#include "pulsebench/session/session.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::fleet {

/// How far a run is.
struct Progress {
  std::size_t benchmarks = 0, measured = 0;
  std::vector<QueuedTask> queued = {};           ///< tasks that are not at their end
  std::map<std::size_t, TaskRecord> ended = {};  ///< by shard: how its last life ended
  std::map<std::size_t, std::size_t> open = {};  ///< by shard: benchmarks without a result

  [[nodiscard]] bool complete() const { return measured == benchmarks; }
  /// Returns true where nothing more comes unless the run is submitted again.
  [[nodiscard]] bool at_its_end() const { return complete() || queued.empty(); }
};

/// Asks the folder and Slurm. Without Slurm on this machine, no task counts as queued.
[[nodiscard]] Result<Progress> progress_of(const RunFolder& run, const Plan& plan);

struct Waiting {
  std::function<void(const Progress&)> on_progress = {};  ///< once a second
};

/// Asks once a second until nothing more comes. An error is returned where it stays for a minute:
/// Slurm may be started again meanwhile. `interrupted` on a signal; the run goes on.
[[nodiscard]] Result<Progress> wait_for(const RunFolder& run, const Plan& plan,
                                        const Waiting& waiting);

/// What a comparison is put together from.
struct Measurements {
  compare::Comparison unmeasured;  ///< what was known before
  /// What was measured of each benchmark of the plan; an error says why nothing was.
  std::vector<Result<compare::Comparison>> results = {};
};

/// One comparison of the whole run, in the order of the plan. A benchmark without a result has
/// failed, and says why. `not_comparable` where results have different machine keys. Pure.
[[nodiscard]] Result<compare::Comparison> put_together(const Plan& plan, Measurements measurements);

/// The same of the results in the folder, with the project's approvals. It is stored there as
/// `collected.json`. `not_comparable` where nothing was measured for tasks ran on machines of
/// another kind.
[[nodiscard]] Result<compare::Comparison> collect(const session::Session& session,
                                                  const RunFolder& run, const Plan& plan,
                                                  const Progress& progress);

/// What was collected last; `not_found` where nothing was.
[[nodiscard]] Result<compare::Comparison> read_collected(const RunFolder& run);

}  // namespace pulsebench::fleet
