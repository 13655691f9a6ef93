#pragma once

#include <string>

#include "console.hpp"
#include "options.hpp"
#include "pulsebench/compare/comparison.hpp"

/// What `compare` and `ab` share: what the run exits with, how it is shown.
namespace pulsebench::app {

[[nodiscard]] int exit_code_of(const compare::Comparison& comparison, bool strict);

[[nodiscard]] std::string comparison_report(const compare::Comparison& comparison,
                                            const ShownOptions& options, int exit_code,
                                            const std::string& next_command,
                                            const Console& console);

}  // namespace pulsebench::app
