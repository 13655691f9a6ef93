#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pulsebench/session/ab.hpp"
#include "pulsebench/session/explanation.hpp"
#include "pulsebench/session/gates.hpp"
#include "pulsebench/session/paired_measurement.hpp"
#include "pulsebench/session/session.hpp"

namespace pulsebench::session {

struct CompareRequest {
  std::string base, candidate = "last";  ///< baselines, files, "last", or "-" for standard input
  std::string base_called = {}, called = {};  ///< in the report; empty: as above
  std::vector<Renaming> maps{};               ///< new ids of benchmarks of `base`
  /// What the candidate was asked to measure: nothing else of `base` is missing from it.
  std::optional<Selection> selection = {};
  bool only_its_suites = false;  ///< with a selection: nor what other suites measured
  Gates gates = {};
  bool warn_on_mismatch = false;  ///< compare results of two machines, with a warning
  bool confirm = true;            ///< measure both sides of a suspect again
  /// How much of the two results is read; beyond what is judged, it is for the report.
  baseline::Detail detail = baseline::Detail::judgement;
  PairedRequest again = {};  ///< where and how long
  Explained explain = {};
};

/// Judges one stored result against another. Suspects are measured again, where both sides can be.
/// `not_comparable` where the results are of different machines.
[[nodiscard]] Result<CompareResult> compare(const Session& session, const CompareRequest& request);

}  // namespace pulsebench::session
