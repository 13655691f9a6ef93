#pragma once

#include <optional>
#include <string>

#include "pulsebench/config/discover.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::session {

struct InitResult {
  config::Discovery found;
  std::string file;  ///< the configuration that was written, relative to the root
};

/// Writes a configuration for the project in `root`, or in the current folder: into `config` if
/// there is such a folder. Writes its schema and a .gitignore into `.pulsebench`. Executes nothing.
/// `bad_input` where the folder has a configuration, `not_found` where it has no programs.
[[nodiscard]] Result<InitResult> init_project(const std::optional<std::string>& root);

}  // namespace pulsebench::session
