#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

#include "pulsebench/compare/comparison.hpp"
#include "pulsebench/compare/proof.hpp"
#include "pulsebench/compare/reason.hpp"

namespace pulsebench::report {

/// The sentence of a reason, without a full stop: the one place where reasons are worded. Pure.
[[nodiscard]] std::string describe_reason(const compare::Reason& reason);

/// All of them in order, with semicolons between; empty where there is none.
[[nodiscard]] std::string describe_reasons(const std::vector<compare::Reason>& reasons);

/// The sentence of each reason, and its code; both in order.
[[nodiscard]] nlohmann::ordered_json sentences_of(const std::vector<compare::Reason>& reasons);
[[nodiscard]] nlohmann::ordered_json codes_of(const std::vector<compare::Reason>& reasons);

/// How sure the verdict is: "p = 0.0012, family of 20". Below 0.0001 it is "p < 0.0001", because no
/// one has shown that a machine's noise is normal so far out. Empty where there is no p-value.
/// Pure.
[[nodiscard]] std::string describe_p_value(const compare::Judged& judged);

/// "98.5 % (94.6 to 99.6)"; of none or of all the bound that says something: "0 %, at most 2.8 %",
/// "100 %, at least 97.2 %". Empty where nothing was tried. Pure.
[[nodiscard]] std::string rate_text(const compare::Rate& rate);

}  // namespace pulsebench::report
