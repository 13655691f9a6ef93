#pragma once

#include "pulsebench/baseline/document.hpp"
#include "pulsebench/session/session.hpp"

namespace pulsebench::session {

/// Warns of benchmarks of a baseline that `compare` can never call unchanged, by what the stored
/// runs teach, and says what can.
void note_undecidable(const Session& session, const baseline::Document& saved);

}  // namespace pulsebench::session
