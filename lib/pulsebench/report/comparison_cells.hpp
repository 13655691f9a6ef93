#pragma once

#include <string>
#include <utility>
#include <vector>

#include "pulsebench/compare/comparison.hpp"
#include "pulsebench/compare/run_verdict.hpp"
#include "pulsebench/render/text.hpp"
#include "pulsebench/report/comparison_groups.hpp"
#include "pulsebench/report/comparison_table.hpp"

namespace pulsebench::report {

/// Whole words: "not judged".
[[nodiscard]] std::string spoken(compare::RunVerdict verdict);

[[nodiscard]] render::Tone tone_of(Group::Kind kind);
[[nodiscard]] render::Text mark_of(Group::Kind kind, const render::Style& style);

/// What heads the columns of the two sides: their names where they fit, else "old" and "new".
[[nodiscard]] std::pair<std::string, std::string> side_names(const compare::Comparison& comparison,
                                                             const render::Style& style);

/// "0" to "3", or "floor".
[[nodiscard]] std::string tier_of(const compare::Judged& judged);

/// The ends of the change's interval, or half its width, by the room there is.
[[nodiscard]] std::string interval_of(const compare::Judged& judged, const render::Style& style);

/// "approved by A. N. on 2026-01-31, up to +20.8 %: the new check is worth it".
[[nodiscard]] std::string approval_of(const compare::Approved& approved);

/// Throughput before and after, where both sides know it: "118 MiB/s -> 101 MiB/s"; else empty.
[[nodiscard]] std::string throughput_of(const compare::Judged& judged);

/// What the reader has to know beside the figures. Empty for what did not change.
[[nodiscard]] std::string remarks_on(const compare::Judged& judged);

[[nodiscard]] bool is_shown(Group::Kind kind, Rows rows);

/// "20 unchanged": what `rows` leaves out; empty where that is nothing.
[[nodiscard]] std::string left_out(const std::vector<Group>& groups, Rows rows);

/// What was measured again because two stored results left it in doubt: how many, how long, what it
/// came to; and what was not, and why, a line a reason. Empty where nothing was in doubt.
[[nodiscard]] std::vector<std::string> settled_live(const compare::Comparison& comparison);

/// Where the spread between runs, by which stored results are judged, was taken from. Empty where
/// none was.
[[nodiscard]] std::string source_of_spread(const compare::Comparison& comparison);

/// What `layout suspect` beside a benchmark means, and the way out; empty where none is.
[[nodiscard]] std::string layout_doubt(const compare::Comparison& comparison);

/// Why the changes are not those of the figures. Precondition: `comparison.normalised`.
[[nodiscard]] std::string correction(const compare::Comparison& comparison);

}  // namespace pulsebench::report
