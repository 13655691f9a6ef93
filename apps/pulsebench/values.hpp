#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "options.hpp"
#include "pulsebench/vocabulary/result.hpp"

/// The values of options, read strictly: what is not wholly understood is `bad_input`.
namespace pulsebench::app {

/// "0,1" → tiers 0 and 1.
[[nodiscard]] Result<std::set<Tier>> parse_tiers(const std::string& text);

/// "0=5,1=10" → tier 0 at 5 %, tier 1 at 10 %; a bare "7.5" is for every tier.
[[nodiscard]] Result<std::vector<std::pair<Tier, Percent>>> parse_thresholds(
    const std::string& text);

/// "budget/consume=15" → id and per cent, 0 to 10,000.
[[nodiscard]] Result<std::pair<std::string, double>> parse_injection(const std::string& text);

/// "7" or "7.5" → per cent, more than 0 and at most 10,000; `option` is named where it is none.
[[nodiscard]] Result<Percent> parse_percent(const char* option, const std::string& text);

/// "60s", "500ms", "2m" → seconds, more than none.
[[nodiscard]] Result<double> parse_duration(const std::string& text);

/// "cycles,page-faults" → the names between the commas; "none" → no name.
[[nodiscard]] std::vector<std::string> parse_names(const std::string& text);

/// "text", "json" or "markdown", among those that the command can.
[[nodiscard]] Result<Format> parse_format(const std::string& text, const std::set<Format>& known);

}  // namespace pulsebench::app
