#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

#include "pulsebench/baseline/document.hpp"
#include "pulsebench/baseline/summarize.hpp"
#include "pulsebench/os/guarded_folder.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::baseline {

/// Returns true for a run id as `run` makes it: `20261127T231500Z-00c0de`, the UTC time and six
/// hexadecimal digits.
[[nodiscard]] bool is_run_id(std::string_view name);

/// The folder of the runs, below the root of the project.
inline constexpr const char* kRunsFolder = ".pulsebench/runs";

/// A stored run, by its file.
struct RunFile {
  std::filesystem::path result;  ///< its `result.json`, below the root of the project
  std::uintmax_t bytes = 0;      ///< 0 where it cannot be looked at
};

/// Writes `<run id>/samples.jsonl`, then `result.json` (a folder without it is a run that was not
/// finished). Where the run id is taken, the next one that is free is used instead. Removes what it
/// wrote where it fails. Returns the folder, whose name is the run id.
[[nodiscard]] Result<std::filesystem::path> write_run(const os::GuardedFolder& files,
                                                      const Document& document,
                                                      std::span<const Measured> raw);

/// Removes all but the newest `kept` finished runs, and none of these that is younger than an hour;
/// and the runs that a crash cut. A folder is a run where its name is a run id and it holds nothing
/// but a result, samples and temporary files. The caller holds the lock.
void prune_runs(const os::GuardedFolder& files, std::size_t kept);

/// The `result.json` of the newest complete run, by the time it was written. Only runs that say
/// that they are incomplete are passed over: a newer one that cannot be read is an error that names
/// it. `not_found` where there is none.
[[nodiscard]] Result<std::filesystem::path> newest_complete_run(const os::GuardedFolder& files);

/// The results of the stored runs, newest first; those that are interrupted or unreadable too.
[[nodiscard]] Result<std::vector<RunFile>> run_results(const os::GuardedFolder& files);

}  // namespace pulsebench::baseline
