#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pulsebench/vocabulary/benchmark_id.hpp"
#include "pulsebench/vocabulary/result.hpp"
#include "pulsebench/vocabulary/units.hpp"

namespace pulsebench::baseline {

inline constexpr const char* kApprovalsSchemaId = "pulsebench-approvals";
inline constexpr int kApprovalsSchemaVersion = 1;

/// A regression that somebody accepted, and no more than that one: it holds for comparisons with
/// the very baseline that it was judged against, for that version of the benchmark, up to a change
/// that leaves no room for a second regression, and until a day.
struct Approval {
  BenchmarkId id;
  int benchmark_version = 1;
  std::string base_run;  ///< run id of the old result
  Percent change;        ///< what was seen and accepted
  Percent up_to;         ///< the largest change that passes
  std::string reason;    ///< not empty; anybody's text
  std::string by;        ///< who, by git's configuration
  std::string on;        ///< the day, YYYY-MM-DD, UTC
  std::string until;     ///< the last day on which it holds; empty: for as long as the baseline
  std::string base_commit, candidate_commit;  ///< for whoever reviews it; may be empty
};

/// The largest change that passes once `change` is approved: one more threshold above it, less than
/// which is no regression anywhere. Rounded up to a hundredth of a per cent.
[[nodiscard]] Percent ceiling_of(Percent change, Percent threshold);

/// Whether `text` is a day of the calendar, as YYYY-MM-DD. Such days compare as texts do.
[[nodiscard]] bool is_day(std::string_view text);

/// `approvals` with `fresh` in the place of that of the same benchmark and baseline, ordered by
/// benchmark, then baseline.
[[nodiscard]] std::vector<Approval> with_approval(std::vector<Approval> approvals, Approval fresh);

/// The file for review: JSON, an approval a block, in the given order, ending in a newline. Pure.
[[nodiscard]] std::string encode_approvals(const std::vector<Approval>& approvals);

/// What `json` holds. A torn or foreign text, a newer schema, a missing or senseless field are
/// `bad_input`: one line that names `file_name` and the field. Pure.
[[nodiscard]] Result<std::vector<Approval>> decode_approvals(std::string_view json,
                                                             std::string_view file_name);

}  // namespace pulsebench::baseline
