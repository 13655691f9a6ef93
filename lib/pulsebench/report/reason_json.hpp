#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "pulsebench/compare/reason.hpp"

namespace pulsebench::report {

/// The sentence of each reason, and its code; both in order.
[[nodiscard]] nlohmann::ordered_json sentences_of(const std::vector<compare::Reason>& reasons);
[[nodiscard]] nlohmann::ordered_json codes_of(const std::vector<compare::Reason>& reasons);

}  // namespace pulsebench::report
