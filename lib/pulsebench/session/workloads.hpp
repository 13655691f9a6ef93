#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "pulsebench/config/workload.hpp"
#include "pulsebench/run/suite.hpp"
#include "pulsebench/session/session.hpp"

namespace pulsebench::session {

/// Where the parts of a workload are.
struct WorkloadPlace {
  std::filesystem::path root;   ///< relative paths begin here
  std::filesystem::path build;  ///< `{build}`: where the build of the side is
};

/// One suite for each combination of the parameters of `entry`, with a benchmark for each metric:
/// `cli/pack/level:9:wall`. `not_found` where its program or its working directory is not there,
/// `bad_input` where a placeholder is unknown.
[[nodiscard]] Result<std::vector<run::Suite>> suites_of(const config::WorkloadEntry& entry,
                                                        const WorkloadPlace& place,
                                                        const config::Config& config);

/// The workloads of the configuration. One that needs a file that is not there is left out, and a
/// notice says so.
[[nodiscard]] Result<std::vector<run::Suite>> open_workloads(const Session& session,
                                                             const WorkloadPlace& place);

/// Whether a workload that is left out is named.
enum class Skipped { named, unsaid };

/// Those of a build in `build`, as a side of `ab`. One that uses nothing of a build is left out,
/// and so is one whose program that build does not have: a folder that the user names may have
/// none.
[[nodiscard]] Result<std::vector<run::Suite>> open_built_workloads(
    const Session& session, const std::filesystem::path& build, Skipped skipped);

/// Where the workloads of a project in `root` are, whose build is there too.
[[nodiscard]] WorkloadPlace place_in(const std::filesystem::path& root,
                                     const config::Config& config);

/// The programs of a build that are measured as workloads, and are no suites therefore.
[[nodiscard]] std::set<std::filesystem::path> workload_programs(const config::Config& config,
                                                                const WorkloadPlace& place);

/// The files of a build that its workloads name: every word that begins with `{build}/`.
[[nodiscard]] std::set<std::filesystem::path> built_files(const config::Config& config,
                                                          const WorkloadPlace& place);

}  // namespace pulsebench::session
