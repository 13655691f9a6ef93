#pragma once

#include <string>

#include "pulsebench/baseline/approvals.hpp"
#include "pulsebench/session/session.hpp"

namespace pulsebench::session {

struct ApproveRequest {
  std::string id;
  std::string reason;
  std::string until = {};  ///< the last day on which it holds, as in 2027-01-31; empty: no end
  std::string base = "main", candidate = "last";
};

/// Stores that a regression of `candidate` against `base` is accepted. `bad_input` where the
/// benchmark did not regress, or the request is not complete.
[[nodiscard]] Result<baseline::Approval> approve(const Session& session,
                                                 const ApproveRequest& request);

/// Removes all approvals of a benchmark, whatever baseline they were given against. `not_found`
/// where there are none.
[[nodiscard]] Result<void> remove_approvals(const Session& session, const std::string& id);

}  // namespace pulsebench::session
