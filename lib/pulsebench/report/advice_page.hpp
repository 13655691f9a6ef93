#pragma once

#include "pulsebench/profile/advice/advice.hpp"
#include "pulsebench/render/page.hpp"

namespace pulsebench::report {

/// What might make a benchmark faster, the largest expected gain first, each with its evidence.
/// JSON: `docs/advice.schema.json`. The page refers to `advised`, which must outlive it.
[[nodiscard]] render::Page advice_page(const profile::BenchmarkAdvice& advised);

}  // namespace pulsebench::report
