#pragma once

#include <string>

#include "pulsebench/profile/annotated_function.hpp"
#include "pulsebench/session/counted_operation.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::session {

/// Counts one benchmark, and returns the machine code of the function that `function` names. Fails
/// as `count_benchmark` does; `not_found` where an operation does not execute it or objdump is not
/// installed.
[[nodiscard]] Result<profile::AnnotatedFunction> annotate(const Session& session,
                                                          const CountRequest& request,
                                                          const std::string& function);

}  // namespace pulsebench::session
