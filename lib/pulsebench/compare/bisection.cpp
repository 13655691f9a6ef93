#include "pulsebench/compare/bisection.hpp"

namespace pulsebench::compare {

ExitCode exit_code_of(const Bisection& bisection) {
  switch (bisection.outcome) {
    case BisectOutcome::found:
      return kNothingGates;
    case BisectOutcome::not_slower:
      return kBadInput;
    case BisectOutcome::not_measured:
      return kNotMeasured;
    case BisectOutcome::narrowed:
    case BisectOutcome::inconclusive:
      return kInconclusive;
    case BisectOutcome::interrupted:
      return exit_code_of_signal(bisection.interrupted_by);
  }
  return kBug;
}

}  // namespace pulsebench::compare
