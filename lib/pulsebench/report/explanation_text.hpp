#pragma once

#include <string>
#include <vector>

#include "pulsebench/compare/comparison.hpp"
#include "pulsebench/render/page.hpp"

namespace pulsebench::report {

/// Why a regression is slower, in one clause: "of 24.0 more instructions leaf() has +24.0
/// (victim.cpp:20)". Instructions that do not grow, or by far less than the time, leave the layout
/// of the code, the caches or the data. Empty where nothing was asked for. Pure.
[[nodiscard]] std::string describe_explanation(const compare::Judged& judged);

/// The functions of each explanation, for readers who ask for details; no rows without any.
[[nodiscard]] render::Table explanations_table(const compare::Comparison& comparison);

}  // namespace pulsebench::report
