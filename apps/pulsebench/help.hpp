#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace pulsebench::app {

/// "pulsebench baseline save"
[[nodiscard]] std::string full_name(const CLI::App& command);

/// The help of a command, 80 columns wide: usage, arguments, options by their groups, commands
/// below it, examples.
[[nodiscard]] std::string help_of(const CLI::App& command);

}  // namespace pulsebench::app
