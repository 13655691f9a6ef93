#pragma once

#include <vector>

#include "pulsebench/session/run.hpp"
#include "pulsebench/session/tuned_machine.hpp"
#include "pulsebench/trend/measured_night.hpp"

namespace pulsebench::session {

/// The baseline whose executables are the anchor.
inline constexpr const char* kAnchor = "anchor";

struct AnchorResult {
  trend::AnchorRatios measured;
  int interrupted_by = 0;  ///< the signal, or 0
};

/// Measures each operation that `prepared` has against the same one in the anchor's executables,
/// block by block as `ab` does, 20 blocks each. An executable that is the anchor's own has the
/// ratio 1 and is not measured. Only what a run kept here is started (see `SideBinaries`). Notices
/// say which benchmarks have no ratio, and why.
[[nodiscard]] AnchorResult measure_anchor(const Session& session, const RunRequest& request,
                                          const PreparedRun& prepared, const TunedMachine& machine,
                                          const baseline::Document& tonight);

}  // namespace pulsebench::session
