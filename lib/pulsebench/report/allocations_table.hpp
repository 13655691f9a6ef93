#pragma once

#include <string>

#include "pulsebench/baseline/document.hpp"
#include "pulsebench/render/style.hpp"

namespace pulsebench::report {

/// What operations take from the heap: how often, how many bytes, the most that one held, and how
/// often they may. A row for each that was counted and takes anything. Ends in a newline; empty
/// where there is none. Pure.
[[nodiscard]] std::string allocations_table(const baseline::Document& document,
                                            const render::Style& style);

}  // namespace pulsebench::report
