#pragma once

#include <string>
#include <vector>

#include "pulsebench/config/config.hpp"
#include "pulsebench/run/suite.hpp"
#include "pulsebench/session/selection.hpp"

namespace pulsebench::session {

/// The id of the benchmark that `selection.filter` names, else of the only one that it matches.
/// `bad_input` where it matches none or several.
[[nodiscard]] Result<std::string> benchmark_of(const std::vector<run::Suite>& suites,
                                               const Selection& selection,
                                               const config::Config& config);

/// A regular expression that matches `id` alone.
[[nodiscard]] std::string pattern_of(const std::string& id);

}  // namespace pulsebench::session
