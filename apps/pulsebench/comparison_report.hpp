#pragma once

#include <string>

#include "console.hpp"
#include "options.hpp"
#include "pulsebench/compare/comparison.hpp"
#include "pulsebench/config/config.hpp"

/// What `compare` and `ab` share: which change counts, what the run exits with, how it is shown.
namespace pulsebench::app {

/// The configuration with the thresholds and gating tiers of the command line.
[[nodiscard]] config::Config gates_for(const GateOptions& options, config::Config config);

[[nodiscard]] int exit_code_of(const compare::Comparison& comparison, bool strict);

[[nodiscard]] std::string comparison_report(const compare::Comparison& comparison,
                                            const ShownOptions& options, int exit_code,
                                            const std::string& next_command,
                                            const Console& console);

}  // namespace pulsebench::app
