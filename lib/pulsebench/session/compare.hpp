#pragma once

#include <string>

#include "pulsebench/session/ab.hpp"
#include "pulsebench/session/gates.hpp"
#include "pulsebench/session/paired_measurement.hpp"
#include "pulsebench/session/session.hpp"

namespace pulsebench::session {

struct CompareRequest {
  std::string base, candidate;  ///< baselines, files, "last", or "-" for standard input
  Gates gates = {};
  bool warn_on_mismatch = false;  ///< compare results of two machines, with a warning
  bool confirm = true;            ///< measure both sides of a suspect again
  PairedRequest again = {};       ///< where and how long
};

/// Judges one stored result against another. Suspects are measured again, where both sides can be.
/// `not_comparable` where the results are of different machines.
[[nodiscard]] Result<CompareResult> compare(const Session& session, const CompareRequest& request);

}  // namespace pulsebench::session
