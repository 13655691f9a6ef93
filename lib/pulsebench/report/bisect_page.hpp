#pragma once

#include "pulsebench/compare/bisection.hpp"
#include "pulsebench/render/page.hpp"

namespace pulsebench::report {

/// The first slower commit with its author, date and subject, or what is known of it; then every
/// commit that was tried, oldest first, and the next command. JSON: schema id `pulsebench-bisect`,
/// version 1, `docs/bisect.md`. The page refers to `bisection`, which must outlive it.
[[nodiscard]] render::Page bisect_page(const compare::Bisection& bisection, int exit_code);

}  // namespace pulsebench::report
