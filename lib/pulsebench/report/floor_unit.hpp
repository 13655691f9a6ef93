#pragma once

#include <optional>
#include <string>

#include "pulsebench/baseline/document.hpp"

namespace pulsebench::report {

/// What the floors are counted in: L, the cheapest of them, by design the relaxed load. Empty
/// where fewer than two floors were measured. Pure.
[[nodiscard]] std::optional<NsPerOp> floor_unit(const baseline::Document& document);

/// `7.6 L`: what the same result costs counted in floors, which differs less from machine to
/// machine than nanoseconds do.
[[nodiscard]] std::string in_units(NsPerOp value, NsPerOp unit);

}  // namespace pulsebench::report
