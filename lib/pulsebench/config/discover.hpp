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
  std::vector<std::string> programs;      ///< paths relative to the root, or globs
  std::string build_type;                 ///< of the build that they are of; empty: not known
  std::string build_command;              ///< in a fresh checkout; empty: not known
  std::vector<std::string> other_builds;  ///< build folders with such programs that are left out
  std::vector<std::string> repeated;      ///< globs that name several: older builds are left over
};

/// Looks for programs of the frameworks that can be driven below `root`, and for how they are
/// built. Nothing is executed: see `is_benchmark_program`. Where several builds have them, the
/// first of Release, RelWithDebInfo, no type and others counts. A program of Cargo, whose name ends
/// in a hash that differs from one checkout to another, is named by a glob. `not_found` where there
/// is none, saying where it was looked.
[[nodiscard]] Result<Discovery> discover(const std::filesystem::path& root);

/// Whether the content of a file is a program, and neither a library nor a script, which uses
/// Google Benchmark, the benchmarks of Catch2, nanobench or Criterion.rs: it has the name of the
/// library that it loads, of a flag or variable that the library in it reads, or of a type that
/// each BENCHMARK of Catch2 makes. Pure.
[[nodiscard]] bool is_benchmark_program(std::string_view content);

/// A configuration of a few lines for what was found; `schema` is where its schema is. Pure.
[[nodiscard]] std::string configuration_for(const Discovery& found, const std::string& schema);

/// The text of the JSON Schema of the configuration.
[[nodiscard]] std::string_view config_schema();

}  // namespace pulsebench::config
