#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "pulsebench/config/config.hpp"
#include "pulsebench/config/workload.hpp"
#include "pulsebench/run/suite.hpp"
#include "pulsebench/session/workloads.hpp"
#include "pulsebench/vocabulary/result.hpp"

/// What the kinds of workloads have in common: words with placeholders, a program, benchmarks.
namespace pulsebench::session {

/// The value of each placeholder that is known before a launch.
using Values = std::map<std::string, std::string>;

/// `{scratch}` stays: it is another folder for each launch.
[[nodiscard]] Result<std::string> filled(const std::string& word, const Values& values);

/// The program that the first word of a command names.
[[nodiscard]] Result<std::filesystem::path> program_named(const std::string& word,
                                                          const std::filesystem::path& root);

/// How the program of `entry` is started, beside its path.
[[nodiscard]] Result<run::ProgramOptions> options_of(const config::WorkloadEntry& entry,
                                                     const Values& values,
                                                     const WorkloadPlace& place);

/// Adds a benchmark for each metric of `entry` to the suite, which has its name.
void add_benchmarks(const config::WorkloadEntry& entry, const config::Config& config,
                    run::Suite& suite);

}  // namespace pulsebench::session
