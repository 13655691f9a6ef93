#pragma once

#include "pulsebench/profile/annotated_function.hpp"
#include "pulsebench/render/page.hpp"

namespace pulsebench::report {

/// The machine code of a function, a line an instruction: how often an operation executes it, and
/// its source line where that changes. JSON: schema id `pulsebench-annotation`, version 1,
/// `docs/profiling.md`. The page refers to `annotated`, which must outlive it.
[[nodiscard]] render::Page annotated_page(const profile::AnnotatedFunction& annotated);

}  // namespace pulsebench::report
