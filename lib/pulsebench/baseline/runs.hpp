#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string_view>

#include "pulsebench/baseline/document.hpp"
#include "pulsebench/baseline/summarize.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::baseline {

/// Returns true for a run id as `run` makes it: `20261127T231500Z-00c0de`, the UTC time and six
/// hexadecimal digits.
[[nodiscard]] bool is_run_id(std::string_view name);

/// Writes `<runs>/<run id>/samples.jsonl`, then `result.json` (a folder without it is a run that
/// was not finished), and removes all but the newest `kept` runs. A folder whose name is not a run
/// id, or that holds neither file, is not a run. Returns the run's folder.
[[nodiscard]] Result<std::filesystem::path> write_run(const std::filesystem::path& runs,
                                                      const Document& document,
                                                      std::span<const Measured> raw,
                                                      std::size_t kept);

/// The `result.json` of the newest complete run, by the time it was written. Only runs that say
/// that they are incomplete are passed over: a newer one that cannot be read is an error that names
/// it. `not_found` where there is none.
[[nodiscard]] Result<std::filesystem::path> newest_complete_run(const std::filesystem::path& runs);

/// The results of the stored runs, newest first; those that are interrupted or unreadable too.
[[nodiscard]] std::vector<std::filesystem::path> run_results(const std::filesystem::path& runs);

}  // namespace pulsebench::baseline
