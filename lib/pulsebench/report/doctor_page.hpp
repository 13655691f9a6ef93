#pragma once

#include <vector>

#include "pulsebench/doctor/doctor.hpp"
#include "pulsebench/render/page.hpp"

namespace pulsebench::report {

/// Worst first: the sum in one line, then each finding with its consequence and the command that
/// fixes it; what does not fit a screen, what is fine, and what does not apply here, by name. `all`
/// lists everything. The document has `checks[]` with `name`, `state` ("bad", "warning", "ok",
/// "not_applicable"), `seen`, `consequence`, `fix`, in the given order, and `verdict`, the worst
/// state: schema id `pulsebench-doctor`, version 1.
[[nodiscard]] render::Page doctor_page(const std::vector<doctor::Check>& checks, bool all);

}  // namespace pulsebench::report
