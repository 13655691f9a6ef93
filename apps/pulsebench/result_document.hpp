#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "options.hpp"
#include "pulsebench/baseline/document.hpp"
#include "pulsebench/baseline/summarize.hpp"
#include "pulsebench/run/engine.hpp"
#include "workspace.hpp"

namespace pulsebench::app {

/// Everything around the samples that a result keeps.
struct RunFacts {
  std::vector<std::string> words;  ///< the command line
  std::string preset, like, reason;
  std::uint64_t seed = 0;
  Git git;
  Machine machine;
  std::vector<StateFact> state;
  std::vector<SuiteBuild> suites;
  std::chrono::system_clock::time_point started, ended;
};

/// The raw samples of side 0, each with what it is a sample of.
[[nodiscard]] std::vector<baseline::Measured> raw_of(const std::vector<run::Subject>& subjects,
                                                     const run::Measurement& measurement,
                                                     const config::Targets& targets);

[[nodiscard]] baseline::Document document_of(const std::vector<baseline::Measured>& raw,
                                             const run::Measurement& measurement,
                                             const RunFacts& facts);

/// Who each suite is: SHA-256 of each executable and what it says of its build. An executable
/// that cannot be read any more has the reason in place of the sum.
[[nodiscard]] std::vector<SuiteBuild> builds_of(const std::vector<run::Suite>& suites);

}  // namespace pulsebench::app
