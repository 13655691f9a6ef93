#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "pulsebench/session/ab.hpp"
#include "pulsebench/session/session.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::fleet {

/// How Slurm is asked for machines.
struct ClusterRequest {
  std::string partition = {};   ///< empty: Slurm's default
  std::string constraint = {};  ///< a feature that the nodes need; empty: that of the kind
  std::string kind = {};        ///< machine key of the nodes; empty: that of this machine
  int shards = 0;               ///< so many; 0: as many as pay
  int at_once = 0;              ///< tasks that may run at the same time; 0: any number
  std::vector<std::string> options = {};  ///< more for sbatch
};

struct SubmitRequest {
  session::AbRequest ab;
  ClusterRequest cluster;
  std::filesystem::path spool;
  std::string tool_version;
};

/// A run that Slurm has.
struct Submitted {
  std::string run;  ///< its id
  std::filesystem::path folder;
  std::string job;
  std::string machine_key;
  std::string constraint;      ///< that was asked for; empty: none
  std::size_t benchmarks = 0;  ///< to measure
  std::size_t unsent = 0;      ///< of workloads, which a fleet does not measure
  std::size_t estimated = 0;   ///< whose time no earlier run in the spool has measured
  std::size_t shards = 0;
  std::size_t nodes = 0;                              ///< that can measure them
  double longest_seconds = 0.0, total_seconds = 0.0;  ///< expected, of the longest shard and of all
};

/// Builds both sides where `ab` would, copies their programs and pulsebench to a new folder in the
/// spool folder, and submits one array of tasks that measure what `ab` would. `not_found` without
/// Slurm, before anything is built; `bad_input` where sbatch refuses, such as a feature that no
/// node has. Nothing is left behind then.
[[nodiscard]] Result<Submitted> submit(const session::Session& session,
                                       const SubmitRequest& request);

/// Submits again, of a run of which no task waits or runs, the shards that have benchmarks without
/// a result. That nodes died while they measured one is forgotten, unless it was given up, which is
/// a result. `bad_input` where nothing is left.
[[nodiscard]] Result<Submitted> resubmit(const SubmitRequest& request, const std::string& run);

}  // namespace pulsebench::fleet
