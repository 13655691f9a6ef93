#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace pulsebench::app {

/// "pulsebench baseline save"
[[nodiscard]] std::string full_name(const CLI::App& command);

/// "-o, --output FILE"; of an argument, "FILE".
[[nodiscard]] std::string names_of(const CLI::Option& option);

/// "pulsebench compare [OPTIONS] BASE [NEW]"
[[nodiscard]] std::string usage_of(const CLI::App& command);

/// The footer of the help of pulsebench itself: exit codes and examples.
[[nodiscard]] std::string footer_of_all();

/// The help of a command, 80 columns wide: usage, arguments, options by their groups, commands
/// below it, examples.
[[nodiscard]] std::string help_of(const CLI::App& command);

}  // namespace pulsebench::app
