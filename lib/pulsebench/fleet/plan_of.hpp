#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "pulsebench/compare/comparison.hpp"
#include "pulsebench/fleet/plan.hpp"
#include "pulsebench/fleet/run_folder.hpp"
#include "pulsebench/session/ab_plan.hpp"
#include "pulsebench/session/session.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::fleet {

/// What `ab` would measure here, and what of it a fleet does.
struct Sendable {
  session::AbPlan ab;
  std::vector<std::size_t> subjects = {};  ///< of `ab.matched`, those that are sent
  compare::Comparison unmeasured;          ///< with what is not sent
  std::size_t unsent = 0;
};

/// Opens both sides. A workload is not sent: its servers, fixtures and scratch folders are of this
/// machine. `nothing_measured` where nothing is left to send.
[[nodiscard]] Result<Sendable> sendable_of(const session::Session& session,
                                           const session::AbRequest& request);

/// The plan but for its id, time, machines and shards. Copies pulsebench and the programs of both
/// sides to the folder.
[[nodiscard]] Result<Plan> plan_of(const Sendable& sendable, const session::AbRequest& request,
                                   const RunFolder& folder);

/// Writes the plan, what is known before anything is measured, and the configuration.
[[nodiscard]] Result<void> write_plan(const Plan& plan, const Sendable& sendable,
                                      const session::Workspace& workspace, const RunFolder& folder);

}  // namespace pulsebench::fleet
