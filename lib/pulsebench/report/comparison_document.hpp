#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "pulsebench/compare/comparison.hpp"
#include "pulsebench/vocabulary/result.hpp"

/// The document that `compare` and `ab` write with `--format json`.
namespace pulsebench::report {

inline constexpr std::string_view kComparisonSchema = "pulsebench-comparison";
inline constexpr int kComparisonVersion = 1;

/// So many blocks of a benchmark are listed at most.
inline constexpr std::size_t kMostBlocks = 256;

/// A comparison for programs, as `docs/result.schema.json` describes it: always every benchmark, in
/// the order of the comparison. What was not measured is `null`. Ends in a newline. Pure.
[[nodiscard]] std::string comparison_json(const compare::Comparison& comparison, int exit_code);

/// A comparison that was stored, and what the command exited with.
struct StoredComparison {
  compare::Comparison comparison;
  int exit_code = 0;
};

/// Reads a comparison back, so that its page says what it said then. What the document does not
/// have is absent or a default: a document of an earlier version has no blocks. `bad_input`, naming
/// the file and the field, where `text` is torn, not a comparison, of a newer version, or beyond
/// the bounds. Pure.
[[nodiscard]] Result<StoredComparison> read_comparison(std::string_view text,
                                                       std::string_view file_name);

/// What `--stream` writes, each on one line with its end: a benchmark as the document has it, with
/// `"event": "verdict"`, and the whole document with `"event": "comparison"`. `interval_level` is
/// that of a verdict of stored results. Pure.
[[nodiscard]] std::string verdict_event(const compare::Judged& judged, double interval_level);
[[nodiscard]] std::string comparison_event(const compare::Comparison& comparison, int exit_code);

}  // namespace pulsebench::report
