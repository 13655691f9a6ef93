#pragma once

#include <string>
#include <vector>

#include "pulsebench/compare/reason.hpp"

namespace pulsebench::report {

/// The sentence of a reason, without a full stop: the one place where reasons are worded. Pure.
[[nodiscard]] std::string describe_reason(const compare::Reason& reason);

/// All of them in order, with semicolons between; empty where there is none.
[[nodiscard]] std::string describe_reasons(const std::vector<compare::Reason>& reasons);

}  // namespace pulsebench::report
