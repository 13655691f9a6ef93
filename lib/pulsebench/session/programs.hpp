#pragma once

#include <filesystem>
#include <span>
#include <vector>

#include "pulsebench/config/config.hpp"
#include "pulsebench/run/suite.hpp"
#include "pulsebench/session/session.hpp"

namespace pulsebench::session {

/// The programs that the entries name below `folder`, with the options of their entry, but for
/// those of workloads. The first entry that names a program counts. `not_found` where an entry
/// names none, unless it says what it needs, and where there is no program and no workload.
[[nodiscard]] Result<std::vector<run::Program>> programs_in(
    const std::filesystem::path& folder, std::span<const config::SuiteEntry> entries,
    const Workspace& workspace);

/// A program that was named otherwise, with the options of the first entry that names it, or that
/// names a program of its file name.
[[nodiscard]] run::Program program_at(const std::filesystem::path& executable,
                                      const Workspace& workspace);

/// Whether `executable` is one of the programs.
[[nodiscard]] bool is_named(const std::filesystem::path& executable,
                            const std::vector<run::Program>& programs);

/// Adds options to those of each program. Added variables win.
void add_options(std::vector<run::Program>& programs, const run::ProgramOptions& added);

/// Opens `executables`, or the project's suites and workloads where there are none; the suites with
/// `added` options.
[[nodiscard]] Result<std::vector<run::Suite>> open_programs(
    const Session& session, const std::vector<std::string>& executables,
    const run::ProgramOptions& added);

}  // namespace pulsebench::session
