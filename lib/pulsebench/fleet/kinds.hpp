#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "pulsebench/fleet/records.hpp"
#include "pulsebench/session/session.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::fleet {

struct KindsRequest {
  std::filesystem::path spool;
  std::string partition = {};  ///< empty: every node
  std::vector<std::string> options = {};
  std::chrono::seconds patience{120};
};

/// Which kinds of machines a cluster has.
struct Kinds {
  std::map<std::string, std::vector<NodeKind>> by_key = {};
  std::vector<std::string> silent = {};  ///< nodes that are down, or did not answer in time
};

/// Asks each node by a small job of its own. The jobs that are still open at the end are ended, and
/// the folder with the answers is removed. `not_found` without Slurm.
[[nodiscard]] Result<Kinds> ask_kinds(const KindsRequest& request);

/// What a node runs for that: writes its kind into the folder where it runs.
[[nodiscard]] Result<void> answer_kind(const std::filesystem::path& run_folder,
                                       const std::string& node, const Machine& machine);

/// "NodeName=n1,n2 Feature=key_c169e0204cab94ba", a line a key, for slurm.conf.
[[nodiscard]] std::vector<std::string> feature_lines(const Kinds& kinds);

}  // namespace pulsebench::fleet
