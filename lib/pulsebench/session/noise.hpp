#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pulsebench/compare/noise.hpp"
#include "pulsebench/compare/proof.hpp"
#include "pulsebench/session/gates.hpp"
#include "pulsebench/session/paired_measurement.hpp"
#include "pulsebench/session/session.hpp"

namespace pulsebench::session {

struct NoiseRequest {
  PairedRequest paired = {};
  std::vector<std::string> executables = {};  ///< empty: the project's suites
  std::optional<std::string> command = {};    ///< a command line, measured instead of suites
  Gates gates = {};
};

/// The self-proof: work that is added to half of the decisions.
struct Injection {
  Percent work;
  std::optional<int> rounds = {};  ///< one decision a benchmark and round; absent: as time allows
};

struct NoiseResult {
  compare::NoiseReport report;
  int interrupted_by = 0;
};

struct ProofResult {
  compare::Proof proof;
  int interrupted_by = 0;
};

/// Measures each benchmark against itself, to say what change this machine resolves.
[[nodiscard]] Result<NoiseResult> noise(const Session& session, const NoiseRequest& request);

/// Decides about benchmarks with and without added work, to say how often a decision is wrong.
[[nodiscard]] Result<ProofResult> prove(const Session& session, const NoiseRequest& request,
                                        const Injection& injection);

}  // namespace pulsebench::session
