#pragma once

#include "pulsebench/compare/comparison.hpp"
#include "pulsebench/session/explanation.hpp"
#include "pulsebench/session/paired_measurement.hpp"
#include "pulsebench/session/session.hpp"

namespace pulsebench::session {

/// Samples both sides of each benchmark that has an explanation, for at most ten seconds, and adds
/// the function whose time grew most, with its interval. No verdict changes. Nothing is sampled
/// after an interrupt.
void time_regressions(compare::Comparison& comparison, const SidesOf& sides_of,
                      const PairedPlan& plan, const Session& session);

}  // namespace pulsebench::session
