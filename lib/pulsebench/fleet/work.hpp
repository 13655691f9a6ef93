#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>

#include "pulsebench/fleet/run_folder.hpp"
#include "pulsebench/session/session.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::fleet {

/// So many nodes may die while they measure a benchmark, before it is given up.
inline constexpr std::size_t kMostDeaths = 2;

/// One task of the array, as Slurm describes it to its processes.
struct TaskRequest {
  std::filesystem::path run_folder;
  std::size_t shard = 0;
  std::string node;
  Life life;
};

/// What a task has done.
struct TaskResult {
  std::size_t measured = 0;  ///< in this life
  std::size_t kept = 0;      ///< had a result already
  std::size_t given_up = 0;  ///< killed their nodes
  int interrupted_by = 0;    ///< the signal, or 0
};

/// How a session begins on a node, in a folder with the configuration of the project.
using OpenSession =
    std::function<Result<session::Session>(const std::filesystem::path& project_folder)>;

/// Measures the benchmarks of one shard that have no result, each as `ab` does, and stores each
/// before the next one begins: what a task that is started again finds, it does not measure.
/// `not_comparable`, before anything is measured, where this machine has another key than the plan.
/// How it ends is stored, too.
[[nodiscard]] Result<TaskResult> work(const TaskRequest& request, const OpenSession& open_session);

}  // namespace pulsebench::fleet
