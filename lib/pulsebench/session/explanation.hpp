#pragma once

#include <cstdint>
#include <functional>

#include "pulsebench/compare/comparison.hpp"
#include "pulsebench/run/launcher.hpp"
#include "pulsebench/session/session.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::session {

/// Which regressions are explained.
struct Explained {
  int most = 0;        ///< so many at most, the worst first
  bool asked = false;  ///< whether a benchmark says so where valgrind is not installed
};

/// How both sides of a benchmark are started, and how many operations are counted.
struct CountedSides {
  run::Source old_side, new_side;
  std::uint64_t operations = 0;
};

/// The sides of a benchmark, or why they cannot be started.
using SidesOf = std::function<Result<CountedSides>(const compare::Judged& judged)>;

/// Gives what regressed its explanation: the instructions of each function, counted on both sides
/// by callgrind. Each side has a time limit, and no verdict changes. Nothing is counted after an
/// interrupt.
void explain_regressions(compare::Comparison& comparison, const Explained& which,
                         const SidesOf& sides_of, const Session& session);

}  // namespace pulsebench::session
