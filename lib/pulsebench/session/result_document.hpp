#pragma once

#include "pulsebench/baseline/document.hpp"
#include "pulsebench/run/engine.hpp"
#include "pulsebench/session/run.hpp"

namespace pulsebench::session {

/// The result of a run as far as it is known before the first launch. Each suite has the SHA-256 of
/// its executable; where that cannot be read, the reason stands in its place.
[[nodiscard]] baseline::Document begin_document(const PreparedRun& prepared,
                                                const RunRequest& request, const Session& session);

/// Adds what the measurement's first side shows, and that it ends now. `state` has what the machine
/// reports of itself; what the suites' processes reached is added.
void complete_document(baseline::Document& document, const PreparedRun& prepared,
                       const run::Measurement& measurement, std::vector<StateFact> state);

}  // namespace pulsebench::session
