#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "pulsebench/baseline/document.hpp"
#include "pulsebench/machine/placement.hpp"
#include "pulsebench/session/selection.hpp"
#include "pulsebench/session/session.hpp"

namespace pulsebench::session {

struct RunRequest {
  Selection selection = {};
  std::string save = {};  ///< name of a baseline; empty: not saved as one
  std::string like = {};  ///< see `find_like`
  std::optional<std::string> cpus = {};
  bool no_tune = false;
  std::vector<std::string> executables = {};  ///< empty: the project's suites
  std::optional<std::string> command = {};    ///< a command line, measured instead of suites
  std::optional<std::uint64_t> seed = {};
  std::optional<double> budget_seconds = {};
  std::vector<std::string> counters = {};  ///< events to count in each visit
  bool instructions = false;               ///< count them exactly
  bool allocations = false;
  std::string reason = "local";                ///< why it runs, for the result document
  std::vector<std::string> command_line = {};  ///< for the result document
  std::string tool_version = {};
};

/// What is known before the first launch.
struct PreparedRun {
  std::vector<run::Suite> suites;  ///< those that have a subject
  std::vector<run::Subject> subjects;
  machine::Placement placement;
  Machine machine;
  std::string preset;
  std::string like;  ///< whose batching is reused; empty: none
  std::uint64_t seed = 0;
  std::chrono::system_clock::time_point started;
};

struct RunResult {
  baseline::Document document;
  int interrupted_by = 0;              ///< the signal, or 0
  std::string saved_as = {};           ///< the baseline; empty where none was saved
  std::optional<Error> not_kept = {};  ///< why the run or its baseline could not be stored
  std::vector<std::pair<std::string, double>> suite_seconds = {};  ///< wall time of each suite
};

/// Finds the suites and selects the benchmarks; measures nothing.
[[nodiscard]] Result<PreparedRun> prepare_run(const Session& session, const RunRequest& request);

/// Measures, and keeps the run, the baseline and the executables.
[[nodiscard]] Result<RunResult> run(const Session& session, const RunRequest& request);

}  // namespace pulsebench::session
