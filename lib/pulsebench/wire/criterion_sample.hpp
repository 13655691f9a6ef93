#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pulsebench/vocabulary/result.hpp"
#include "pulsebench/vocabulary/sample.hpp"

namespace pulsebench::wire {

/// The samples in a `sample.json` of Criterion.rs as slices, ns of an iteration: its `times`
/// divided by its `iters`. Criterion measures no CPU time. `operations`: of the longest sample.
/// `child_failed` where the text is no such file, has no samples or a time that is no time.
[[nodiscard]] Result<Visit> decode_criterion_sample(std::string_view json);

/// The full id in a `benchmark.json` of Criterion.rs, as in "group/function/10". `child_failed`
/// where there is none.
[[nodiscard]] Result<std::string> decode_criterion_id(std::string_view json);

/// The ids in what a Criterion program prints for `--list`, one "<id>: benchmark" a line; other
/// lines are passed over. Pure.
[[nodiscard]] std::vector<std::string> criterion_list(std::string_view text);

}  // namespace pulsebench::wire
