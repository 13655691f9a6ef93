#pragma once

#include <string>

#include "console.hpp"
#include "options.hpp"
#include "pulsebench/compare/comparison.hpp"

/// How `compare` and `ab` show a comparison.
namespace pulsebench::app {

[[nodiscard]] std::string comparison_report(const compare::Comparison& comparison,
                                            const ShownOptions& options, int exit_code,
                                            const std::string& next_command,
                                            const Console& console);

}  // namespace pulsebench::app
