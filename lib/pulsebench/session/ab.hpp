#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "pulsebench/baseline/document.hpp"
#include "pulsebench/compare/comparison.hpp"
#include "pulsebench/session/explanation.hpp"
#include "pulsebench/session/gates.hpp"
#include "pulsebench/session/paired_measurement.hpp"
#include "pulsebench/session/renaming.hpp"
#include "pulsebench/session/session.hpp"
#include "pulsebench/session/sides.hpp"

namespace pulsebench::session {

struct AbRequest {
  std::string old_side;          ///< a folder, an executable, a git revision or a command line
  std::string new_side;          ///< the same; empty: the working tree, or no second program
  bool commands = false;         ///< both sides are command lines
  bool merge_base = false;       ///< the old side is where the new one forked from it
  bool affected = false;         ///< only what executes a function that differs, and controls
  std::vector<Renaming> maps{};  ///< new ids of benchmarks of the old side
  /// Benchmarks of `old_side`, and the id of the one that each is to be compared with. The
  /// comparison is of one program then, and has no `new_side`.
  std::vector<Renaming> rivals{};
  PairedRequest paired = {};  ///< work is injected into the new side
  Gates gates = {};
  Explained explain = {};
};

/// The verdicts, and the signal that ended the measurement early, or 0.
struct CompareResult {
  compare::Comparison comparison;
  int interrupted_by = 0;
  std::optional<std::pair<baseline::Document, baseline::Document>> results = {};  ///< if stored
};

/// Measures two builds against each other, block by block. `not_comparable` where they have no
/// benchmark in common, `nothing_measured` where those in common measure different things,
/// `bad_input` where rivals or commands are asked for beside what they exclude.
[[nodiscard]] Result<CompareResult> ab(const Session& session, const AbRequest& request);

/// The same of two sides that are open.
[[nodiscard]] Result<CompareResult> ab(const Session& session, const AbRequest& request,
                                       BothSides sides);

}  // namespace pulsebench::session
