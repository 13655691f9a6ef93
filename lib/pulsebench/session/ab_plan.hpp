#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "pulsebench/baseline/approvals.hpp"
#include "pulsebench/compare/comparison.hpp"
#include "pulsebench/config/config.hpp"
#include "pulsebench/session/ab.hpp"
#include "pulsebench/session/affected.hpp"
#include "pulsebench/session/matching.hpp"
#include "pulsebench/session/paired_measurement.hpp"
#include "pulsebench/session/session.hpp"
#include "pulsebench/session/sides.hpp"

namespace pulsebench::session {

/// What `ab` is about to measure.
struct AbPlan {
  config::Config config;
  PairedPlan paired;
  BothSides sides;
  std::vector<baseline::Approval> approvals;
  Matched matched;
  std::optional<Affected> affected = {};

  /// k: the benchmarks that share the probability of a false alarm.
  [[nodiscard]] std::size_t family() const;
};

/// Opens the sides of the request and pairs their benchmarks. The errors are those of `ab`.
[[nodiscard]] Result<AbPlan> plan_ab(const Session& session, const AbRequest& request);

/// The same of sides that are open; what `request` calls them does not matter.
[[nodiscard]] Result<AbPlan> plan_ab(const Session& session, const AbRequest& request,
                                     BothSides sides);

/// The comparison as far as it is known before a block is measured: the two sides, what is left
/// out of them, and what the reader should know.
[[nodiscard]] compare::Comparison before_measuring(const AbRequest& request, const AbPlan& plan);

}  // namespace pulsebench::session
