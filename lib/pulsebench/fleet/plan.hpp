#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pulsebench/run/suite.hpp"
#include "pulsebench/session/gates.hpp"
#include "pulsebench/vocabulary/benchmark_id.hpp"
#include "pulsebench/vocabulary/result.hpp"
#include "pulsebench/vocabulary/tier.hpp"

namespace pulsebench::fleet {

/// An executable that every node has to start, by its content.
struct PlannedProgram {
  std::string sha256;
  std::string name;  ///< of the file it was copied from
  run::ProgramOptions options = {};

  bool operator==(const PlannedProgram&) const = default;
};

/// One side of a benchmark: which program, and what that calls it.
struct PlannedSide {
  std::size_t program = 0;
  std::string name;

  bool operator==(const PlannedSide&) const = default;
};

/// The atom of a fleet: both sides and all blocks of a benchmark are measured on one node.
struct PlannedBenchmark {
  BenchmarkId id;
  std::string base_id = {};  ///< of the old side, where it is another one
  int version = 1;
  Tier tier = Tier::critical;  ///< by which it is judged
  bool tier_declared = true;
  PlannedSide old_side, new_side;
  double inject_percent = 0.0;  ///< work to add to the new side
  double seconds = 0.0;         ///< that it is expected to take
  bool estimated = false;       ///< no earlier run has measured it
  std::size_t shard = 0;

  bool operator==(const PlannedBenchmark&) const = default;
};

/// What all nodes have to know of a run. It is written once, before any task starts.
struct Plan {
  std::string run;           ///< its id, see `baseline::is_run_id`
  std::string created;       ///< RFC 3339, UTC
  std::string tool_version;  ///< of pulsebench
  std::string tool;          ///< SHA-256 of the executable that the nodes start
  std::string machine_key;   ///< of every machine that may measure
  int family = 1;            ///< k of the whole run
  double family_alpha = 0.01;
  std::uint64_t seed = 0;
  std::optional<int> max_blocks = {};
  bool no_tune = false;
  session::Gates gates = {};
  std::string base_commit = {};  ///< that the old side was built from; empty: none is known
  std::size_t shards = 0;
  std::vector<PlannedProgram> programs = {};
  std::vector<PlannedBenchmark> benchmarks = {};
};

/// Each shard of a plan, the longest benchmark first.
[[nodiscard]] std::vector<std::vector<std::size_t>> shards_of(const Plan& plan);

[[nodiscard]] std::string plan_text(const Plan& plan);

/// Reads a plan, which has come through a folder that others may write to: `bad_input`, naming file
/// and field, where it is torn, of a newer version, beyond the bounds, or contradicts itself. Pure.
[[nodiscard]] Result<Plan> read_plan(std::string_view text, std::string_view file_name);

}  // namespace pulsebench::fleet
