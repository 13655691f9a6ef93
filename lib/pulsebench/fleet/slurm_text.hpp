#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pulsebench/vocabulary/result.hpp"

/// What the programs of Slurm print, and what is asked of sbatch. Pure.
namespace pulsebench::fleet {

/// A machine of the cluster, as `scontrol show node` describes it.
struct ClusterNode {
  std::string name;
  std::vector<std::string> features = {}, partitions = {};
  bool usable = true;  ///< neither down, drained nor failing

  [[nodiscard]] bool has_feature(std::string_view feature) const;
  [[nodiscard]] bool is_in(std::string_view partition) const;  ///< an empty one: any
};

/// Of `scontrol --oneliner show node`: a node a line, others are passed over.
[[nodiscard]] std::vector<ClusterNode> read_nodes(std::string_view text);

/// `MaxArraySize` of `scontrol show config`; a job has one task less. Empty where it is not there.
[[nodiscard]] std::optional<std::size_t> max_array_size(std::string_view config);

/// A task that is not at its end.
struct QueuedTask {
  std::size_t shard = 0;
  bool running = false;
  std::string node = {};    ///< where it runs; empty: nowhere yet
  std::string reason = {};  ///< why it waits, in Slurm's words
};

/// The format in which squeue is asked, and what it answers: other lines, and tasks that have
/// ended, are passed over.
inline constexpr const char* kQueueFormat = "%K|%T|%N|%r";
[[nodiscard]] std::vector<QueuedTask> read_queue(std::string_view text);

/// Returns true for 1 to 18 digits.
[[nodiscard]] bool is_job_id(std::string_view text);

/// The number of the job that `sbatch --parsable` has made; it may be followed by the cluster's
/// name.
[[nodiscard]] Result<std::string> read_job_id(std::string_view text);

/// What sbatch is asked for.
struct BatchRequest {
  std::string run_folder;                 ///< absolute; where the script runs
  std::vector<std::size_t> tasks = {};    ///< of the array; ascending; empty: one task, no array
  std::size_t at_once = 0;                ///< tasks that may run at the same time; 0: any number
  std::string partition = {};             ///< empty: Slurm's default
  std::string constraint = {};            ///< a feature that the nodes need; empty: none
  std::string node = {};                  ///< this one alone; empty: any
  std::vector<std::string> options = {};  ///< of the user, before the script
};

/// "0-4,7": as --array has them. `tasks` ascend.
[[nodiscard]] std::string array_text(const std::vector<std::size_t>& tasks);

/// The words of sbatch's command line, for a script at `script`. There is no shell.
[[nodiscard]] std::vector<std::string> batch_words(const BatchRequest& request,
                                                   const std::string& script);

/// The script of each task. It begins in the folder of the run, has no text of the user in it, and
/// becomes the executable of pulsebench which that folder has under its SHA-256.
/// Precondition: `tool` has 64 hexadecimal digits.
[[nodiscard]] std::string task_script(std::string_view tool);

/// The script that asks a node which kind of machine it is.
[[nodiscard]] std::string node_script(std::string_view tool);

}  // namespace pulsebench::fleet
