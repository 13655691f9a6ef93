#pragma once

#include "pulsebench/profile/advice/advice.hpp"
#include "pulsebench/session/counted_operation.hpp"
#include "pulsebench/session/session.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::session {

/// Measures one benchmark, counts what an operation executes and tries every rule. `bad_input`
/// where not one benchmark is named, `nothing_measured` where it cannot be counted.
[[nodiscard]] Result<profile::BenchmarkAdvice> advise(const Session& session,
                                                      const CountRequest& request);

}  // namespace pulsebench::session
