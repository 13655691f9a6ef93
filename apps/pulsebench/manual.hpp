#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::app {

/// "pulsebench-baseline-save", the name of a command's manual page in section 1.
[[nodiscard]] std::string page_name(const CLI::App& command);

/// The manual page of a command, as troff with the macros of man(7).
[[nodiscard]] std::string manual_page(const CLI::App& command);

/// Writes the page of `command` and of each command below it to `folder`, as `<page name>.1`.
[[nodiscard]] Result<void> write_manual(const CLI::App& command, const std::string& folder);

}  // namespace pulsebench::app
