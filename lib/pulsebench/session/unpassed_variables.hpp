#pragma once

#include <string>
#include <vector>

#include "pulsebench/session/session.hpp"

namespace pulsebench::session {

/// The variables of our environment that programs do not get and that one of `texts` names, by
/// name. A program that misses one usually says which.
[[nodiscard]] std::vector<std::string> unpassed_variables_in(const std::vector<std::string>& texts);

/// Tells the user how to pass on those that the reasons of failed benchmarks name.
void note_unpassed_variables(const Session& session, const run::Measurement& measurement);
void note_unpassed_variables(const Session& session, const run::PairedRun& paired_run);

}  // namespace pulsebench::session
