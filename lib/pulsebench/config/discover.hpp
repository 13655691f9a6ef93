#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::config {

/// What the files of a project say of its benchmarks.
struct Discovery {
  std::string project;                    ///< its name
  std::vector<std::string> programs;      ///< of Google Benchmark, relative to the root
  std::string build_type;                 ///< of the build that they are of; empty: not known
  std::string build_command;              ///< in a fresh checkout; empty: not known
  std::vector<std::string> other_builds;  ///< build folders with such programs that are left out
};

/// Looks for programs of Google Benchmark below `root`, and for how they are built. Nothing is
/// executed: a program is one whose file has the name of the library that it loads, or the name of
/// a flag of the library that is linked into it. Where several builds have them, the first of
/// Release, RelWithDebInfo, no type and others counts. `not_found` where there is none, saying
/// where it was looked.
[[nodiscard]] Result<Discovery> discover(const std::filesystem::path& root);

/// Whether the content of a file is a program, and neither a library nor a script, which uses
/// Google Benchmark. Pure.
[[nodiscard]] bool is_benchmark_program(std::string_view content);

/// A configuration of a few lines for what was found; `schema` is where its schema is. Pure.
[[nodiscard]] std::string configuration_for(const Discovery& found, const std::string& schema);

/// The text of the JSON Schema of the configuration.
[[nodiscard]] std::string_view config_schema();

}  // namespace pulsebench::config
