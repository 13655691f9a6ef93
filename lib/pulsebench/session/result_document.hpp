#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "pulsebench/baseline/document.hpp"
#include "pulsebench/run/engine.hpp"
#include "pulsebench/vocabulary/measured.hpp"

namespace pulsebench::session {

/// Everything around the samples that a result keeps.
struct RunFacts {
  std::string tool_version;
  std::vector<std::string> command_line;
  std::string preset, like, reason;
  std::uint64_t seed = 0;
  Git git;
  Machine machine;
  std::vector<StateFact> state;
  std::vector<SuiteBuild> suites;
  std::chrono::system_clock::time_point started, ended;
};

/// The result of the measurement's first side.
[[nodiscard]] baseline::Document document_of(const run::Measurement& measurement,
                                             const RunFacts& facts);

/// Identifies each suite: the SHA-256 of its executable, and what it says of its build. An
/// executable that cannot be read any more has the reason in place of the sum.
[[nodiscard]] std::vector<SuiteBuild> builds_of(const std::vector<run::Suite>& suites);

}  // namespace pulsebench::session
