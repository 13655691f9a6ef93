#pragma once

#include <cstddef>
#include <filesystem>
#include <span>

#include "pulsebench/baseline/document.hpp"
#include "pulsebench/baseline/summarize.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::baseline {

/// Writes `<runs>/<run id>/samples.jsonl`, then `result.json` (a folder without it is a run that
/// was not finished), and removes all but the newest `kept` runs. Returns the run's folder.
[[nodiscard]] Result<std::filesystem::path> write_run(const std::filesystem::path& runs,
                                                      const Document& document,
                                                      std::span<const Measured> raw,
                                                      std::size_t kept);

/// The `result.json` of the newest run that was neither interrupted nor is unreadable, by the time
/// it was written; `not_found` where there is none.
[[nodiscard]] Result<std::filesystem::path> newest_complete_run(const std::filesystem::path& runs);

/// The results of the stored runs, newest first; those that are interrupted or unreadable too.
[[nodiscard]] std::vector<std::filesystem::path> run_results(const std::filesystem::path& runs);

}  // namespace pulsebench::baseline
