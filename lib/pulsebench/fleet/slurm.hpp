#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "pulsebench/fleet/records.hpp"
#include "pulsebench/fleet/slurm_text.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::fleet {

/// The programs of Slurm, run on this machine. What one of them refuses is an error with its own
/// words.
class Slurm {
 public:
  /// `not_found`, with the way out, where sbatch, squeue or scontrol is not on PATH.
  [[nodiscard]] static Result<Slurm> find();

  [[nodiscard]] Result<std::vector<ClusterNode>> nodes() const;

  /// Tasks that one array may have.
  [[nodiscard]] Result<std::size_t> most_tasks() const;

  /// Submits the script. Returns the number of the job. `bad_input` where sbatch refuses it.
  [[nodiscard]] Result<std::string> submit(const BatchRequest& request,
                                           const std::string& script) const;

  /// The tasks of the jobs that are not at their end. Slurm forgets jobs that have ended.
  [[nodiscard]] Result<std::vector<QueuedTask>> queue(const Jobs& jobs) const;

  /// Ends jobs that still wait or run.
  [[nodiscard]] Result<void> cancel(const Jobs& jobs) const;

 private:
  Slurm() = default;
};

}  // namespace pulsebench::fleet
