#pragma once

#include <string>

#include "pulsebench/compare/noise.hpp"
#include "pulsebench/render/page.hpp"

namespace pulsebench::report {

/// What the machine can resolve, in one sentence: "this machine resolves 1.3 % or better on 38 of
/// 40 benchmarks; tier 0's 5 % gate is supported for 18 of 20". The percentage is what 95 in 100 of
/// the measured benchmarks reach, rounded up. No line break. Pure.
[[nodiscard]] std::string headline(const compare::NoiseReport& noise);

/// The sentence, then a line a benchmark: those whose threshold cannot be supported first, each
/// with the reason. The page refers to `noise`, which must outlive it; `docs/result.schema.json`
/// describes its document.
[[nodiscard]] render::Page noise_page(const compare::NoiseReport& noise, int exit_code);

}  // namespace pulsebench::report
