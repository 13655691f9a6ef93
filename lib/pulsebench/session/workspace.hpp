#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "pulsebench/baseline/store.hpp"
#include "pulsebench/config/config.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::session {

/// The project that a command works in: its folder, its settings, its results.
struct Workspace {
  std::filesystem::path root;
  config::Config config;
  config::Targets targets;
  baseline::Store store;
};

/// The project in folder `root`; without it, in the nearest folder upward with
/// `config/pulsebench.json`, or else in the current one. `bad_input` where `root` is not a folder,
/// or a file of the configuration is wrong.
[[nodiscard]] Result<Workspace> open_workspace(const std::optional<std::string>& root);

}  // namespace pulsebench::session
