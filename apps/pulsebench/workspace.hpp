#pragma once

#include <filesystem>
#include <vector>

#include "options.hpp"
#include "pulsebench/baseline/store.hpp"
#include "pulsebench/config/config.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::app {

/// The project that a command works in: its folder, its settings, its results.
struct Workspace {
  std::filesystem::path root;
  config::Config config;
  config::Targets targets;
  baseline::Store store;
};

/// The folder of `--root`, else the nearest upward with `config/pulsebench.json`, else the current
/// one. `bad_input` where `--root` is no folder or a file of the configuration is wrong.
[[nodiscard]] Result<Workspace> open_workspace(const CommonOptions& common);

/// The suites to run: those of `--exe`; else those built beside this executable; else those in the
/// configured folders. `not_found` where there are none, saying how to build them.
[[nodiscard]] Result<std::vector<std::filesystem::path>> find_suites(
    const Workspace& workspace, const std::vector<std::string>& executables);

}  // namespace pulsebench::app
