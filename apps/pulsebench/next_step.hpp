#pragma once

#include "pulsebench/compare/comparison.hpp"
#include "pulsebench/render/page.hpp"
#include "pulsebench/session/compare.hpp"

namespace pulsebench::app {

/// The likely next command after a comparison of stored results that exits with `code`.
[[nodiscard]] render::Next next_after_compare(const compare::Comparison& comparison,
                                              const session::CompareRequest& request, int code);

}  // namespace pulsebench::app
