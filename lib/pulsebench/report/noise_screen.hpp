#pragma once

#include <string>

#include "pulsebench/compare/noise.hpp"
#include "pulsebench/render/style.hpp"

namespace pulsebench::report {

inline constexpr const char* kNoiseSchemaId = "pulsebench-noise";
inline constexpr int kNoiseSchemaVersion = 1;

/// What the machine can resolve, in one sentence: "this machine resolves 1.3 % or better on 38 of
/// 40 benchmarks; tier 0's 5 % gate is supported for 18 of 20". The percentage is what 95 in 100 of
/// the measured benchmarks reach, rounded up. No line break. Pure.
[[nodiscard]] std::string headline(const compare::NoiseReport& noise);

/// The sentence, then a line a benchmark: those whose threshold cannot be supported first, each
/// with the reason. Ends in a newline. Pure.
[[nodiscard]] std::string noise_table(const compare::NoiseReport& noise,
                                      const render::Style& style);

/// The same as GitHub-flavoured Markdown.
[[nodiscard]] std::string noise_markdown(const compare::NoiseReport& noise);

/// The same for programs; `docs/result.schema.json` describes it.
[[nodiscard]] std::string noise_json(const compare::NoiseReport& noise, int exit_code);

}  // namespace pulsebench::report
