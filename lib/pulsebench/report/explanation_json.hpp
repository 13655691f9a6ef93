#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>

#include "pulsebench/compare/comparison.hpp"
#include "pulsebench/json/reader.hpp"
#include "pulsebench/vocabulary/source_line.hpp"

/// An explanation, as the document of a comparison has it.
namespace pulsebench::report {

/// Precondition: `judged` has an explanation.
[[nodiscard]] nlohmann::ordered_json explanation_json(const compare::Judged& judged);

/// The `explanation` of a benchmark; empty without one. Problems are noted in `benchmark`.
[[nodiscard]] std::optional<Explanation> read_explanation(json::Reader& benchmark);

/// The line of source code at `source`; empty without one.
[[nodiscard]] std::optional<SourceLine> read_source(json::Reader& fields);

}  // namespace pulsebench::report
